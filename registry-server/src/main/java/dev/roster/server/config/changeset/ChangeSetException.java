package dev.roster.server.config.changeset;

/** Why something was not done with a change set. Nothing was changed. */
public abstract sealed class ChangeSetException extends RuntimeException permits ChangeSetNotFoundException,
        DraftNotFoundException, ChangeSetMismatchException, ChangeSetStateException, OwnApprovalException,
        NotApprovedException, TooManyChangeSetsException {
    private static final long serialVersionUID = 1L;

    private final transient ChangeSetKey key;

    ChangeSetException(ChangeSetKey key, String message) {
        super(message);
        this.key = key;
    }

    /** Returns the change set. */
    public ChangeSetKey key() {
        return key;
    }
}
