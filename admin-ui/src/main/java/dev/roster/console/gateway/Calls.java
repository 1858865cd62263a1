package dev.roster.console.gateway;

import dev.roster.client.RosterException;
import dev.roster.client.RosterOutcomeUnknownException;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.RosterUnavailableException;
import java.util.function.Supplier;

/** Translates what the client throws into what pages expect. */
final class Calls {
    private Calls() {}

    /** The answer of {@code call}. */
    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (RosterException e) {
            throw translated(e);
        }
    }

    /** Does {@code call}. */
    static void tell(Runnable call) {
        try {
            call.run();
        } catch (RosterException e) {
            throw translated(e);
        }
    }

    private static GatewayException translated(RosterException e) {
        return switch (e) {
            case RosterRejectedException rejected -> new RefusedException(rejected.problem(), null, rejected);
            case RosterOutcomeUnknownException unknown ->
                new ServerAwayException(String.valueOf(unknown.getMessage()), true, unknown);
            case RosterUnavailableException unavailable -> unavailable.problem().<GatewayException>map(
                    problem -> new RefusedException(problem, unavailable.retryAfter().orElse(null), unavailable))
                    .orElseGet(() -> new ServerAwayException(String.valueOf(unavailable.getMessage()), false,
                            unavailable));
        };
    }
}
