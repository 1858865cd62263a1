package dev.roster.server.registry;

/** Why the registry did not do what it was asked. Nothing was changed. */
public abstract sealed class RegistryException extends RuntimeException permits ServiceNotFoundException,
        InstanceNotFoundException, NamespaceFullException, CheckNotFoundException, ServiceFullException,
        TooManyHostsException,
        RegistrationContendedException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }
}
