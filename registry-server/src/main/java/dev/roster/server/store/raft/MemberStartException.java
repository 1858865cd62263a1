package dev.roster.server.store.raft;

import org.jspecify.annotations.Nullable;

/** The member must not start: its data or its configuration would make it serve wrong or empty state. */
public final class MemberStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What helps when the data of a member is not whole. */
    static final String TAKE_STATE_ANEW = "Remove this member's data directory and let it take its state anew from the other "
            + "members; standalone, restore a backup.";

    private final String reason;
    private final String action;

    /**
     * Says what is wrong and what to do.
     *
     * @param message what was found, with the file
     * @param action what the operator can do about it
     */
    public MemberStartException(String message, String action) {
        this(message, action, null);
    }

    MemberStartException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = message;
        this.action = action;
    }

    /** Returns what was found. */
    public String reason() {
        return reason;
    }

    /** Returns what the operator can do. */
    public String action() {
        return action;
    }
}
