package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Moves or ends a gray release.
 *
 * @param action what to do
 * @param comment why, to 500 characters, null if not said
 */
public record GrayActionRequest(@Nullable Action action, @Nullable String comment) {

    /** What to do; on the wire in lower case. */
    public enum Action {
        PAUSE, RESUME, ADVANCE, PROMOTE, ABORT
    }
}
