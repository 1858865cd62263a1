package dev.roster.api.config;

import java.util.List;

/**
 * The configuration that an application ends up with.
 *
 * @param namespace where it is
 * @param application name of the application
 * @param profiles its active profiles
 * @param revision the store revision that this shows
 * @param items every item that the application asks for, whether or not it exists; later ones win
 * @param properties ordered by name, at most 20,000
 * @param complete whether these are all of them
 */
public record EffectiveConfig(String namespace, String application, List<String> profiles, long revision,
        List<EffectiveItem> items, List<EffectiveProperty> properties, boolean complete) {
    public EffectiveConfig {
        profiles = List.copyOf(profiles);
        items = List.copyOf(items);
        properties = List.copyOf(properties);
    }
}
