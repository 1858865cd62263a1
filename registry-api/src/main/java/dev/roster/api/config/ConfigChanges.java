package dev.roster.api.config;

import java.util.List;

/**
 * What came of changes that were made together.
 *
 * @param revision the store revision of all of them
 * @param changes one for each change, in the order of the request
 */
public record ConfigChanges(long revision, List<ChangedConfig> changes) {
    public ConfigChanges {
        changes = List.copyOf(changes);
    }
}
