package dev.roster.server.coordination;

/** The semaphore has another number of permits than the caller says, or fewer than the caller wants. */
public final class LimitMismatchException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;
    private final int limit;

    /** Makes the exception. */
    public LimitMismatchException(ClaimTarget target, int limit) {
        super(target + " has " + limit + " permits");
        this.target = target;
        this.limit = limit;
    }

    /** Returns what was claimed. */
    public ClaimTarget target() {
        return target;
    }

    /** Returns how many permits it has. */
    public int limit() {
        return limit;
    }
}
