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
        Compare unchanged = seen == null ? Compare.absent(key) : Compare.modifiedAt(key, seen.modified());
        return new Txn(List.of(unchanged), List.of(change), List.of(new ReadKeys(KeyRange.of(key), 1)));
    }

    /** Returns what {@link #ifUnchanged} has read, null if the key does not exist. */
    static @Nullable KeyValue present(TxnResult result) {
        OperationResult read = result.results().getFirst();
        return read instanceof KeysRead(List<KeyValue> keys, boolean _) && !keys.isEmpty() ? keys.getFirst() : null;
    }
}
