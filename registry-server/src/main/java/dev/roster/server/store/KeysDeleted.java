package dev.roster.server.store;

import java.util.List;

/**
 * Result of a {@link DeleteKeys}.
 *
 * @param previous the keys that were deleted, in key order; none if they were not asked for
 * @param count how many keys were deleted
 */
public record KeysDeleted(List<KeyValue> previous, long count) implements OperationResult {
    public KeysDeleted {
        previous = List.copyOf(previous);
    }

    /** Tells the keys that were deleted. */
    public KeysDeleted(List<KeyValue> previous) {
        this(previous, previous.size());
    }
}
