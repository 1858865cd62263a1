package dev.roster.system.fault;

import java.util.List;

/** What a watcher was told, and where it began. */
sealed interface WatchTell {

    /**
     * A watch began.
     *
     * @param after the revision after which it is to tell
     */
    record Begun(long after) implements WatchTell {}

    /** All changes of one revision to the keys that are watched. */
    record Told(long revision, List<Event> events) implements WatchTell {
        public Told {
            events = List.copyOf(events);
        }
    }

    /** Everything up to a revision has been told. */
    record Reached(long revision) implements WatchTell {}

    /** The watch has ended, because what it would have to tell is no longer kept. */
    record Compacted(long oldest) implements WatchTell {}

    /** The watch has not begun, because the member has not reached the revision to begin after. */
    record Ahead() implements WatchTell {}
}
