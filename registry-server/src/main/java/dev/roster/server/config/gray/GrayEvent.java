package dev.roster.server.config.gray;

import dev.roster.server.config.delivery.Adoption.Count;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a gray release.
 *
 * @param at when, by the clock of the member that did it
 * @param by name of the user, or {@value #AUTOMATIC}
 * @param kind what
 * @param step number of the step that it was at then, 1 for the first
 * @param detail why, null if not said
 * @param count what applications had reported of the version by then
 */
public record GrayEvent(Instant at, String by, Kind kind, int step, @Nullable String detail, Count count) {

    /** Stands for the server itself; no user can have this name. */
    public static final String AUTOMATIC = "(automatic)";

    /** What happened. The names are part of stored records: add, never rename. */
    public enum Kind {
        STARTED, ADVANCED, PAUSED, RESUMED, PROMOTED, ABORTED, ROLLED_BACK
    }
}
