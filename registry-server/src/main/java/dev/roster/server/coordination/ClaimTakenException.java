package dev.roster.server.coordination;

/** There is a claim of that name already, by another session. */
public final class ClaimTakenException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;
    private final transient ClaimId claim;

    /** Makes the exception. */
    public ClaimTakenException(ClaimTarget target, ClaimId claim) {
        super("claim " + claim + " of " + target + " is of another session");
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
