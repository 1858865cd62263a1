package dev.roster.server.config.changeset;

import dev.roster.server.security.NamespaceName;

/**
 * Names a change set.
 *
 * @param namespace where its items are
 * @param id 1 for the first change set of the namespace, one more for each later one
 */
public record ChangeSetKey(NamespaceName namespace, long id) {
    @Override
    public String toString() {
        return namespace + "/" + id;
    }
}
