package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** The namespace has as many counters as it may have. */
public final class TooManyCountersException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    /** Makes the exception. */
    public TooManyCountersException(NamespaceName namespace) {
        super("namespace " + namespace + " has too many counters");
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
