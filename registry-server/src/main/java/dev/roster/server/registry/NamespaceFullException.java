package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;

/** The namespace has as many instances as the operators allow. */
public final class NamespaceFullException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;
    private final int maxInstances;

    NamespaceFullException(NamespaceName namespace, int maxInstances) {
        super("namespace " + namespace + " has " + maxInstances + " instances, which is the most");
        this.namespace = namespace;
        this.maxInstances = maxInstances;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }

    /** Returns how many it may have. */
    public int maxInstances() {
        return maxInstances;
    }
}
