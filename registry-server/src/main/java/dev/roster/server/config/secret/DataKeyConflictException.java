package dev.roster.server.config.secret;

import dev.roster.server.security.NamespaceName;

/** The data keys of a namespace are being changed by others, or are not in a state in which this may be done. */
public final class DataKeyConflictException extends SecretException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;

    DataKeyConflictException(NamespaceName namespace, String why) {
        super("the data keys of namespace " + namespace + " " + why);
        this.namespace = namespace;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }
}
