package dev.roster.spring.config;

import java.util.List;

/** A refresh failed and was taken back. */
final class RosterConfigRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RosterConfigRejectedException(List<RosterConfigEvent.Problem> problems, RuntimeException cause) {
        super("the application does not work with it: "
                + (problems.isEmpty()
                        ? cause
                        : String.join("; ", problems.stream().map(RosterConfigEvent.Problem::toString).toList())),
                cause);
    }
}
