package dev.roster.server.config;

import dev.roster.server.security.NamespaceName;

/**
 * Names a configuration item.
 *
 * @param namespace where it is
 * @param name its name there
 */
public record ItemKey(NamespaceName namespace, ItemName name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
