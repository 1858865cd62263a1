package dev.roster.api.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people say of an item, beside its versions.
 *
 * @param labels by key
 * @param owner who answers for it, null if not said
 * @param description what it is for, null if not said
 * @param number one more for each time that it was set; 0 if it never was
 */
public record ConfigDetails(Map<String, String> labels, @Nullable String owner, @Nullable String description,
        long number) {
    public ConfigDetails {
        labels = Map.copyOf(labels);
    }
}
