package dev.roster.server.config.changeset;

/** The namespace asks for more approvals than the change set has. */
public final class NotApprovedException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    private final long approvals;
    private final int needed;

    NotApprovedException(ChangeSetKey key, long approvals, int needed) {
        super(key, "change set " + key + " has " + approvals + " of " + needed + " approvals");
        this.approvals = approvals;
        this.needed = needed;
    }

    /** Returns how many approvals it has. */
    public long approvals() {
        return approvals;
    }

    /** Returns how many it needs. */
    public int needed() {
        return needed;
    }
}
