package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;

/** The namespace has {@link HostMaintenances#MAX_HOSTS} hosts in maintenance already. */
public final class TooManyHostsException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    TooManyHostsException(NamespaceName namespace) {
        super("namespace " + namespace + " has " + HostMaintenances.MAX_HOSTS + " hosts in maintenance");
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
