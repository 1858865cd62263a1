package dev.roster.server.coordination;

/**
 * A claim among the others of its name.
 *
 * @param line all claims of the name
 * @param claim the claim, which is among them
 */
public record ClaimStatus(ClaimLine line, StandingClaim claim) {

    /** Tells whether it holds. */
    public boolean isHeld() {
        return position() == 0;
    }

    /** Returns 0 if it holds, otherwise its place in the queue, from 1. */
    public int position() {
        return Math.max(0, line.indexOf(claim.id()) - line.holding() + 1);
    }
}
