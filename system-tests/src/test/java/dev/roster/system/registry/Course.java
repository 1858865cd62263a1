package dev.roster.system.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one instance, as whoever changed it knows: one change after the other, each acknowledged with its revision, and at
 * the end perhaps one of which nobody knows whether it was made. Written by one thread, and read by another one when that is done.
 */
final class Course {
    private final List<Step> acknowledged = new ArrayList<>();
    private @Nullable Step unknown;

    void acknowledge(Step step) {
        acknowledged.add(step);
    }

    /** Ends it with a change that may have been made, or may yet be. */
    void loseTrack(Step step) {
        unknown = step;
    }

    List<Step> acknowledged() {
        return acknowledged;
    }

    /** Returns the change that may have been made, null if there is none. */
    @Nullable
    Step unknown() {
        return unknown;
    }
}
