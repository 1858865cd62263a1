package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** The namespace has as many barriers as it may have. */
public final class TooManyBarriersException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    /** Makes the exception. */
    public TooManyBarriersException(NamespaceName namespace) {
        super("namespace " + namespace + " has too many barriers");
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
