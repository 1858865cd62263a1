package dev.roster.server.config.changeset;

/** Who wrote a change set may not approve it, unless its namespace allows that. */
public final class OwnApprovalException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    OwnApprovalException(ChangeSetKey key) {
        super(key, "change set " + key + " must be approved by others than those who wrote it");
    }
}
