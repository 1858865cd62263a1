package dev.roster.benchmarks.store;

import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Members of our store in this process, each with its own log and port; calls take them in turn. */
final class RosterGroup implements Rival {

    private static final int RANGE_KEYS = 1000;

    private final List<AtomixReplicator> members = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private RosterGroup() {}

    static RosterGroup start(Path directory, int size) throws Exception {
        RosterGroup group = new RosterGroup();
        List<MemberAddress> addresses = IntStream.rangeClosed(1, size)
                .mapToObj(i -> new MemberAddress("m" + i, "127.0.0.1", Ports.free())).toList();
        for (MemberAddress address : addresses) {
            RaftConfig config = RaftConfig.of(address.id(), addresses, "127.0.0.1",
                    directory.resolve("roster-" + size + "-" + address.id()));
            AtomixReplicator member = AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()),
                    new SimpleMeterRegistry(), (message, cause) -> {
                        throw new IllegalStateException(message, cause);
                    });
            group.members.add(member);
            group.stores.add(new ReplicatedStore(member, ForkJoinPool.commonPool()));
        }
        while (!group.members.stream().allMatch(AtomixReplicator::hasCaughtUp)) {
            Thread.sleep(50);
        }
        group.members.getFirst().readBarrier().get(30, TimeUnit.SECONDS);
        return group;
    }

    private Store store() {
        return stores.get(Math.floorMod(next.getAndIncrement(), stores.size()));
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
        members.forEach(AtomixReplicator::close);
    }
}
