package dev.roster.server.registry;

/** The instance is not registered, or its time to live has run out. */
public final class InstanceNotFoundException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient InstanceKey instance;

    InstanceNotFoundException(InstanceKey instance) {
        super("no instance " + instance);
        this.instance = instance;
    }

    /** Returns the instance. */
    public InstanceKey instance() {
        return instance;
    }
}
