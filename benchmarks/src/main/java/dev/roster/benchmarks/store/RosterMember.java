package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Ports;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Store;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A member of our store in this process, put together as the server does: listeners of watches have virtual threads. */
final class RosterMember implements AutoCloseable {

    private static final int POLL_MILLIS = 20;

    /** A write that has to wait for longer than usual is to be measured, not to fail. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);

    private final AtomixReplicator replicator;
    private final ExecutorService watchers = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());
    private final Store store;
    private final MeterRegistry meters;

    private RosterMember(AtomixReplicator replicator, MeterRegistry meters) {
        this.replicator = replicator;
        this.meters = meters;
        this.store = new ReplicatedStore(replicator, watchers);
    }

    /** Starts a member that is the whole cluster, with what is in the directory, and waits until it serves. */
    static RosterMember alone(Path directory) throws Exception {
        MemberAddress address = new MemberAddress("m1", "127.0.0.1", Ports.free());
        RosterMember member = start(address, List.of(address), directory);
        member.awaitReady();
        return member;
    }

    /** Starts one of several members. */
    static RosterMember start(MemberAddress self, List<MemberAddress> members, Path directory) {
        RaftConfig config = new RaftConfig(self.id(), members, "127.0.0.1", directory,
                RaftConfig.DEFAULT_ELECTION_TIMEOUT, RaftConfig.DEFAULT_HEARTBEAT_INTERVAL, COMMAND_TIMEOUT, null);
        MeterRegistry meters = new SimpleMeterRegistry();
        return new RosterMember(AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()), meters,
                (message, cause) -> {
                    throw new IllegalStateException(message, cause);
                }), meters);
    }

    /** Waits until it has applied what was committed before it started. */
    void awaitReady() throws Exception {
        while (!replicator.hasCaughtUp()) {
            Thread.sleep(POLL_MILLIS);
        }
        replicator.readBarrier().get(30, TimeUnit.SECONDS);
    }

    Store store() {
        return store;
    }

    /** Writes a snapshot and waits until it is on disk and the log is cut. */
    Object takeSnapshot() {
        return Outcome.await(replicator.takeSnapshot().thenApply(_ -> snapshotBytes()));
    }

    /** Returns the size of the last snapshot. */
    double snapshotBytes() {
        return meters.get("roster.store.snapshot.size").gauge().value();
    }

    @Override
    public void close() {
        replicator.close();
        watchers.shutdown();
    }
}
