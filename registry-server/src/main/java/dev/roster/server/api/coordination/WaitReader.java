package dev.roster.server.api.coordination;

import dev.roster.server.coordination.WaitingRoom;
import dev.roster.server.web.ProblemException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads for how long a request is ready to wait. */
final class WaitReader {

    private WaitReader() {}

    /** Returns how long to wait, zero if the request does not say. */
    static Duration read(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Duration.parse(text);
            if (!wait.isNegative() && wait.compareTo(WaitingRoom.MAX_WAIT) <= 0) {
                return wait;
            }
        } catch (DateTimeParseException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static ProblemException refused(String text) {
        return ProblemException.invalidArgument("wait", text,
                "PT0S to " + WaitingRoom.MAX_WAIT + ", as an ISO 8601 duration");
    }
}
