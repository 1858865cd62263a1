package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;

/**
 * What a namespace asks of whoever publishes in it.
 *
 * @param reviewRequired whether changes are only published from a change set that was approved
 * @param approvals how many approvals a change set needs when it is reviewed, 1 to {@value #MAX_APPROVALS}
 * @param ownApproval whether those who wrote a change set may approve it
 * @param number 0 for the rules that hold without any being set, one more for each time that they are
 */
public record ReviewRules(boolean reviewRequired, int approvals, boolean ownApproval, long number) {

    /** Most approvals that a namespace may ask for. */
    public static final int MAX_APPROVALS = 5;

    /** What holds in a namespace that sets no rules. */
    public static final ReviewRules DEFAULT = new ReviewRules(false, 1, false, 0);

    /** Refuses another number of approvals with {@link InvalidArgumentException}. */
    public ReviewRules {
        if (approvals < 1 || approvals > MAX_APPROVALS) {
            throw new InvalidArgumentException("approvals", approvals, "1 to " + MAX_APPROVALS);
        }
    }
}
