package dev.roster.client;

import dev.roster.api.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No address carried the call out within the time for it. It has certainly changed nothing. */
public final class RosterUnavailableException extends RosterException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Problem problem;
    private final @Nullable Duration retryAfter;

    /** Makes the exception for calls that nobody answered. */
    public RosterUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, null, null);
    }

    /**
     * Makes the exception for a call whose last answer was that it cannot be carried out now.
     *
     * @param problem that answer, null if the last attempt had none
     * @param retryAfter when the server wants to be asked again, null if it did not say
     */
    public RosterUnavailableException(String message, @Nullable Throwable cause, @Nullable Problem problem,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Returns the answer to the last attempt, such as {@code too-many-requests} or {@code no-leader}, if there was one. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns when the server wants to be asked again, if it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
