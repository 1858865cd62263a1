package dev.roster.server.store;

/** This replica has not reached a revision. */
public final class RevisionAheadException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Revision current;

    /** Makes the exception. */
    public RevisionAheadException(Revision current) {
        super("revision is ahead of this replica, which is at " + current.value());
        this.current = current;
    }

    /** Returns the revision that it has reached. */
    public Revision current() {
        return current;
    }
}
