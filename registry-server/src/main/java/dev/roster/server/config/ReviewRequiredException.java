package dev.roster.server.config;

import dev.roster.server.security.NamespaceName;

/** The namespace asks for review, so nothing is published in it but from an approved change set. */
public final class ReviewRequiredException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    /** Says that a namespace asks for review. */
    public ReviewRequiredException(NamespaceName namespace) {
        super("namespace " + namespace + " asks for review");
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
