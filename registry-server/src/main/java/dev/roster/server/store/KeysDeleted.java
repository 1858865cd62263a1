package dev.roster.server.store;

import java.util.List;

/**
 * Result of a {@link DeleteKeys}.
 *
 * @param previous the keys that were deleted, in key order
 */
public record KeysDeleted(List<KeyValue> previous) implements OperationResult {
    public KeysDeleted {
        previous = List.copyOf(previous);
    }
}
