package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** The namespace has as many sessions as it may have. */
public final class TooManySessionsException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    /** Makes the exception. */
    public TooManySessionsException(NamespaceName namespace) {
        super("namespace " + namespace + " has as many sessions as it may have");
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
