package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;

/**
 * Names a service.
 *
 * @param namespace where it is
 * @param name its name there
 */
public record ServiceKey(NamespaceName namespace, ServiceName name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
