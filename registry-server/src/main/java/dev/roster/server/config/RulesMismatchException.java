package dev.roster.server.config;

import dev.roster.server.security.NamespaceName;

/** The rules of the namespace are not those that whoever sets others has seen. */
public final class RulesMismatchException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient NamespaceName namespace;
    private final long currentNumber;

    RulesMismatchException(NamespaceName namespace, long currentNumber) {
        super("the rules of namespace " + namespace + " have number " + currentNumber);
        this.namespace = namespace;
        this.currentNumber = currentNumber;
    }

    /** Returns the namespace. */
    public NamespaceName namespace() {
        return namespace;
    }

    /** Returns the number of the rules that hold. */
    public long currentNumber() {
        return currentNumber;
    }
}
