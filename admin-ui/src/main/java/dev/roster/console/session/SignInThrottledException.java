package dev.roster.console.session;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** The server refuses to look at passwords for a while. */
final class SignInThrottledException extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    SignInThrottledException(Duration retryAfter, Throwable cause) {
        super("too many attempts", cause);
        this.retryAfter = retryAfter;
    }

    /** How long, at least 1 s. */
    Duration retryAfter() {
        return retryAfter;
    }
}
