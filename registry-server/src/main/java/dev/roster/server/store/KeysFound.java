package dev.roster.server.store;

import java.util.List;

/**
 * Result of a {@link KeyQuery}.
 *
 * @param keys in the order that was asked for
 * @param more whether the limit cut the list
 * @param count how many keys the range has, whatever limit and bounds
 */
public record KeysFound(List<KeyValue> keys, boolean more, long count) implements OperationResult {
    public KeysFound {
        keys = List.copyOf(keys);
    }
}
