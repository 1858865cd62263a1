package dev.roster.server.coordination;

/** The claim waits, and does not hold. */
public final class NotHeldException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;
    private final transient ClaimId claim;

    /** Makes the exception. */
    public NotHeldException(ClaimTarget target, ClaimId claim) {
        super("claim " + claim + " of " + target + " waits");
        this.target = target;
        this.claim = claim;
    }

    /** Returns what was claimed. */
    public ClaimTarget target() {
        return target;
    }

    /** Returns which claim. */
    public ClaimId claim() {
        return claim;
    }
}
