package dev.roster.server.coordination;

/** There is no such semaphore, and the caller does not say how many permits it is to have. */
public final class SemaphoreNotFoundException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;

    /** Makes the exception. */
    public SemaphoreNotFoundException(ClaimTarget target) {
        super("no " + target);
        this.target = target;
    }

    /** Returns what was claimed. */
    public ClaimTarget target() {
        return target;
    }
}
