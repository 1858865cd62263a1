package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Ports;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.raft.MemberAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Members of our store in this process, each with its own log and port; calls take them in turn. */
final class RosterGroup implements Rival {

    private static final int RANGE_KEYS = 1000;

    private final List<RosterMember> members = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private RosterGroup() {}

    static RosterGroup start(Path directory, int size) throws Exception {
        RosterGroup group = new RosterGroup();
        List<MemberAddress> addresses = IntStream.rangeClosed(1, size)
                .mapToObj(i -> new MemberAddress("m" + i, "127.0.0.1", Ports.free())).toList();
        for (MemberAddress address : addresses) {
            group.members.add(RosterMember.start(address, addresses,
                    directory.resolve("roster-" + size + "-" + address.id())));
        }
        for (RosterMember member : group.members) {
            member.awaitReady();
        }
        return group;
    }

    private Store store() {
        return members.get(Math.floorMod(next.getAndIncrement(), members.size())).store();
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return store().commit(Txn.of(new PutKey(Key.of(key), Value.of(value))));
    }

    @Override
    public CompletableFuture<?> compareAndPut(String key, byte[] value) {
        return store().commit(Txn.when(List.of(Compare.exists(Key.of(key))),
                new PutKey(Key.of(key), Value.of(value))));
    }

    @Override
    public CompletableFuture<?> get(String key) {
        return store().linearizableView().thenApply(view -> view.find(Key.of(key)).orElseThrow());
    }

    @Override
    public CompletableFuture<?> getLocally(String key) {
        return CompletableFuture.completedFuture(store().view().find(Key.of(key)).orElseThrow());
    }

    @Override
    public CompletableFuture<?> range(String from) {
        return CompletableFuture.completedFuture(
                store().view().read(new KeyRange(Key.of(from), null), RANGE_KEYS));
    }

    @Override
    public void close() {
        members.forEach(RosterMember::close);
    }
}
