package dev.roster.server.registry;

import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.OperationResult;
import dev.roster.server.store.ReadKeys;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of one key that are made only if it is still as it was seen, and otherwise tell how it is. */
final class GuardedWrite {

    /** Attempts of one request before it gives up; each one fails only because another request succeeded. */
    static final int MAX_ATTEMPTS = 16;

    private GuardedWrite() {}

    /** Does something to a key if it is as it was seen, and otherwise reads it. */
    static Txn ifUnchanged(Key key, @Nullable KeyValue seen, Operation change) {
        return new Txn(List.of(unchanged(key, seen)), List.of(change), List.of(read(key)));
    }

    /** Does something to a key if it and another are as they were seen, and otherwise reads both. */
    static Txn ifUnchanged(Key key, @Nullable KeyValue seen, Key other, @Nullable KeyValue otherSeen,
            Operation change) {
        return new Txn(List.of(unchanged(key, seen), unchanged(other, otherSeen)), List.of(change),
                List.of(read(key), read(other)));
    }

    /** Holds when a key is as it was seen; null says that it was not there. */
    static Compare unchanged(Key key, @Nullable KeyValue seen) {
        return seen == null ? Compare.absent(key) : Compare.modifiedAt(key, seen.modified());
    }

    private static Operation read(Key key) {
        return new ReadKeys(KeyRange.of(key), 1);
    }

    /** Returns the key that {@link #ifUnchanged} has read, null if it does not exist. */
    static @Nullable KeyValue present(TxnResult result) {
        return present(result, 0);
    }

    /** Returns one of the keys that {@link #ifUnchanged} has read, null if it does not exist. */
    static @Nullable KeyValue present(TxnResult result, int index) {
        OperationResult read = result.results().get(index);
        return read instanceof KeysRead(List<KeyValue> keys, boolean _) && !keys.isEmpty() ? keys.getFirst() : null;
    }
}
