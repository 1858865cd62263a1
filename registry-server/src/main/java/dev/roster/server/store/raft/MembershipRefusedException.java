package dev.roster.server.store.raft;

/** A change of who takes part that can't be made now; nothing has changed. */
public final class MembershipRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** There is no such member. */
        UNKNOWN_MEMBER,
        /** There is one of this name. */
        EXISTS,
        /** It already has, or has not, what was asked for. */
        NOTHING_TO_DO,
        /** The learner lacks too much of the log. */
        NOT_CAUGHT_UP,
        /** The members that answer would be no majority any more. */
        MAJORITY_AT_RISK,
        /** The change before is not committed yet, or there is a new leader that has committed nothing. */
        BUSY,
        /** Another leader was elected, or none, before it could be made. */
        LEADER_CHANGED
    }

    MembershipRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
