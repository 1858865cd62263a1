package dev.roster.server.store;

/** A lease of this id exists already. Nothing was done. */
public final class LeaseExistsException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient LeaseId lease;

    /** Makes the exception. */
    public LeaseExistsException(LeaseId lease) {
        super("lease " + lease + " exists");
        this.lease = lease;
    }

    /** Returns the lease. */
    public LeaseId lease() {
        return lease;
    }
}
