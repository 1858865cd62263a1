package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * What is claimed.
 *
 * @param session the session that is to hold it
 * @param queue whether to wait in the queue when others hold it
 * @param permits how many permits, 1 to {@value #MAX_PERMITS}; 1 where there is no more
 * @param limit how many there have to be in all, null for as many as there are
 * @param value what others are shown, at most 4,096 characters
 */
public record ClaimTerms(SessionId session, boolean queue, int permits, @Nullable Integer limit, String value) {

    /** Most permits of a semaphore. */
    public static final int MAX_PERMITS = 10_000;

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public ClaimTerms {
        if (permits < 1 || permits > MAX_PERMITS) {
            throw new InvalidArgumentException("permits", permits, "1 to " + MAX_PERMITS);
        }
        if (limit != null) {
            checkLimit(limit);
        }
        CoordinationText.check("value", value, CoordinationText.MAX_VALUE_CHARACTERS);
    }

    /** Asks for all there is, and waits for it. */
    public static ClaimTerms exclusive(SessionId session, boolean queue, String value) {
        return new ClaimTerms(session, queue, 1, null, value);
    }

    static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_PERMITS) {
            throw new InvalidArgumentException("limit", limit, "1 to " + MAX_PERMITS);
        }
    }
}
