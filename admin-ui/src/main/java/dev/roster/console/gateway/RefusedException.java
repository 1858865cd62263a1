package dev.roster.console.gateway;

import dev.roster.api.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Roster answered with a problem. */
public final class RefusedException extends GatewayException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    /** @param retryAfter what the server said about trying again, null if nothing */
    public RefusedException(Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.detail(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** What the server said. */
    public Problem problem() {
        return problem;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return problem.status();
    }

    /** Whether the problem has this code. */
    public boolean is(String code) {
        return problem.code().equals(code);
    }

    /** When it makes sense to try again, as far as the server said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
