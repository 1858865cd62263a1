package dev.roster.server.coordination;

/** There is no such claim, or not any more. */
public final class ClaimNotFoundException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;
    private final transient ClaimId claim;

    /** Makes the exception. */
    public ClaimNotFoundException(ClaimTarget target, ClaimId claim) {
        super("no claim " + claim + " of " + target);
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
