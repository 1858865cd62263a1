package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a gray release.
 *
 * @param at when
 * @param by who, {@code (automatic)} for the server itself
 * @param kind what
 * @param step number of the step that it was at then
 * @param detail why, null if not said
 * @param adoption what applications made of the version by then
 */
public record GrayEvent(Instant at, String by, Kind kind, int step, @Nullable String detail, AdoptedVersion adoption) {

    /** What happened; on the wire in lower case. */
    public enum Kind {
        STARTED, ADVANCED, PAUSED, RESUMED, PROMOTED, ABORTED, ROLLED_BACK
    }
}
