package dev.roster.benchmarks.store;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.WatchFilter;
import dev.roster.server.store.WatchListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Watches of our store, one member in this process. */
final class RosterWatches implements WatchRival {

    private final RosterMember member;

    RosterWatches(Path directory) throws Exception {
        member = RosterMember.alone(directory);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return member.store().commit(Txn.of(new PutKey(Key.of(key), Value.of(value))));
    }

    @Override
    public void watch(String key, boolean single, Consumer<byte[]> listener) {
        KeyRange range = single ? KeyRange.of(Key.of(key)) : KeyRange.prefix(key);
        member.store().watch(List.of(range), member.store().view().revision(), WatchFilter.PUTS, new WatchListener() {
            @Override
            public void onEvents(Revision revision, List<KeyEvent> events) {
                for (KeyEvent event : events) {
                    KeyValue written = event.current();
                    if (written != null) {
                        listener.accept(written.value().toBytes());
                    }
                }
            }

            @Override
            public void onCompacted(Revision oldest) {
                throw new IllegalStateException("the watch fell behind " + oldest);
            }
        });
    }

    @Override
    public void close() {
        member.close();
    }
}
