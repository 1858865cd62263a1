package dev.roster.server.store;

import java.util.List;

/**
 * Result of a read.
 *
 * @param keys in key order
 * @param more whether the limit cut the list
 */
public record KeysRead(List<KeyValue> keys, boolean more) implements OperationResult {
    public KeysRead {
        keys = List.copyOf(keys);
    }
}
