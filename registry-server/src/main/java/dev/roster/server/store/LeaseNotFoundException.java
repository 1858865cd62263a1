package dev.roster.server.store;

/** A lease does not exist, or has ended. Nothing was done. */
public final class LeaseNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient LeaseId lease;

    /** Makes the exception. */
    public LeaseNotFoundException(LeaseId lease) {
        super("no lease " + lease);
        this.lease = lease;
    }

    /** Returns the lease. */
    public LeaseId lease() {
        return lease;
    }
}
