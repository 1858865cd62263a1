package dev.roster.api.config;

import java.util.List;

/**
 * How the properties of two configurations differ.
 *
 * @param revision the store revision that this shows
 * @param differences ordered by name, at most 20,000
 * @param same how many properties are the same in both
 * @param complete whether all was compared, and these are all differences
 */
public record ConfigComparison(long revision, List<ConfigDifference> differences, int same, boolean complete) {
    public ConfigComparison {
        differences = List.copyOf(differences);
    }
}
