package dev.roster.server.registry;

/** The instance has no such check. */
public final class CheckNotFoundException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient InstanceKey instance;
    private final transient CheckId check;

    CheckNotFoundException(InstanceKey instance, CheckId check) {
        super("instance " + instance + " has no check " + check);
        this.instance = instance;
        this.check = check;
    }

    /** Returns the instance. */
    public InstanceKey instance() {
        return instance;
    }

    /** Returns the check. */
    public CheckId check() {
        return check;
    }
}
