package dev.roster.benchmarks.store;

import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.WatchFilter;
import dev.roster.server.store.WatchListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Leases of our store, one member in this process. */
final class RosterLeases implements LeaseRival {

    private final RosterMember member;

    RosterLeases(Path directory) throws Exception {
        member = RosterMember.alone(directory);
    }

    @Override
    public CompletableFuture<?> grant(long id, Duration ttl, String key) {
        var granted = member.store().grant(new GrantLease(new LeaseId(id), ttl));
        var put = member.store().commit(Txn.of(new PutKey(Key.of(key), Value.EMPTY, new LeaseId(id))));
        return CompletableFuture.allOf(granted, put);
    }

    @Override
    public CompletableFuture<?> keepAlive(long id) {
        return member.store().keepAlive(List.of(new LeaseId(id))).thenAccept(gone -> {
            if (!gone.isEmpty()) {
                throw new IllegalStateException("lease " + id + " is gone");
            }
        });
    }

    @Override
    public void watchDeletions(String prefix, Consumer<String> listener) {
        member.store().watch(List.of(KeyRange.prefix(prefix)), member.store().view().revision(),
                WatchFilter.DELETIONS, new WatchListener() {
                    @Override
                    public void onEvents(Revision revision, List<KeyEvent> events) {
                        events.forEach(event -> listener.accept(event.key().utf8()));
                    }

                    @Override
                    public void onCompacted(Revision oldest) {
                        throw new IllegalStateException("the watch fell behind " + oldest);
                    }
                });
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.current();
    }

    @Override
    public void close() {
        member.close();
    }
}
