package dev.roster.api.config;

import java.util.List;

/**
 * How far the current version of an item has come, as applications say, whichever member they talk to.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param version its current version
 * @param clients how many applications follow the item
 * @param fetched how many of them have fetched the current version
 * @param applied how many run with it, without errors
 * @param failed how many have fetched it and report errors
 * @param versions what they make of each version that one of them runs with or has fetched, the newest version first
 * @param pending those that do not run with it without errors, at most 100: first those with errors, then by name
 */
public record ConfigAdoption(String namespace, String name, long version, int clients, int fetched, int applied,
        int failed, List<AdoptedVersion> versions, List<PendingClient> pending) {
    public ConfigAdoption {
        versions = List.copyOf(versions);
        pending = List.copyOf(pending);
    }
}
