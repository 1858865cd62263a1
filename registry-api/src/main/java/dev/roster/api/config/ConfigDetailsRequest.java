package dev.roster.api.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says something of an item; what is left out is not said any more.
 *
 * @param labels at most 32, by key; null for none
 * @param owner who answers for it, to 200 characters
 * @param description what it is for, to 2,000 characters
 */
public record ConfigDetailsRequest(@Nullable Map<String, String> labels, @Nullable String owner,
        @Nullable String description) {}
