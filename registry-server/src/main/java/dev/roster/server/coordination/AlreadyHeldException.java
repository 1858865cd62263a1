package dev.roster.server.coordination;

/** Others hold it, and the caller does not want to wait. */
public final class AlreadyHeldException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;

    /** Makes the exception. */
    public AlreadyHeldException(ClaimTarget target) {
        super(target + " is held by others");
        this.target = target;
    }

    /** Returns what was claimed. */
    public ClaimTarget target() {
        return target;
    }
}
