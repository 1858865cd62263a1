package dev.roster.server.config.changeset;

/** The change set is not in a state in which this can be done. */
public final class ChangeSetStateException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    private final ChangeSet.Status status;
    private final String needed;

    /**
     * Makes the exception.
     *
     * @param needed in which state it could be done, for a person
     */
    ChangeSetStateException(ChangeSetKey key, ChangeSet.Status status, String needed) {
        super(key, "change set " + key + " is " + status + ", needed is " + needed);
        this.status = status;
        this.needed = needed;
    }

    /** Returns the state that it is in. */
    public ChangeSet.Status status() {
        return status;
    }

    /** Returns in which state it could be done, for a person. */
    public String needed() {
        return needed;
    }
}
