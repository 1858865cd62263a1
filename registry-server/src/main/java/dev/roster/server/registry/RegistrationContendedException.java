package dev.roster.server.registry;

/** Others registered or deregistered the instance again and again at the same time. */
public final class RegistrationContendedException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient InstanceKey instance;

    RegistrationContendedException(InstanceKey instance) {
        super("instance " + instance + " is being changed by others at the same time");
        this.instance = instance;
    }

    /** Returns the instance. */
    public InstanceKey instance() {
        return instance;
    }
}
