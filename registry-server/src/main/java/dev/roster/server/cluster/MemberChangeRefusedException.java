package dev.roster.server.cluster;

/** A change of who takes part that can't be made now; the members are as they were. */
public final class MemberChangeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The name is not one that a member can have. */
        INVALID_NAME,
        /** There is no such member. */
        UNKNOWN_MEMBER,
        /** It contradicts what the members are. */
        CONFLICT
    }

    /** Makes one with a sentence that says why, and what to do. */
    public MemberChangeRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }

    /** Returns the sentence that says why. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
