package dev.roster.server.store;

import java.util.List;

/** Which changes a watch is told of. */
public enum WatchFilter {

    /** All of them. */
    ALL,

    /** Keys that are written. */
    PUTS,

    /** Keys that are deleted. */
    DELETIONS;

    /** Returns those of some events that are wanted, in their order. */
    List<KeyEvent> of(List<KeyEvent> events) {
        return switch (this) {
            case ALL -> events;
            case PUTS -> events.stream().filter(event -> event.current() != null).toList();
            case DELETIONS -> events.stream().filter(event -> event.current() == null).toList();
        };
    }
}
