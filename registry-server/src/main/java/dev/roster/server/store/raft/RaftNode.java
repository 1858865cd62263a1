package dev.roster.server.store.raft;

import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.partition.PartitionId;
import io.atomix.protocols.raft.RaftClient;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.partition.impl.RaftClientCommunicator;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageException;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.ThreadModel;
import io.atomix.utils.serializer.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of the Raft group: transport, server with its guards, and a client of the group. */
final class RaftNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);

    /** Small segments: the log is thrown away segment by segment, and Atomix zeroes a stretch of one when it truncates. */
    static final int SEGMENT_BYTES = 16 * 1024 * 1024;

    /** Largest log entry; a batch of one {@link Proposer#MAX_COMMAND_BYTES} command fits with room to spare. */
    static final int MAX_ENTRY_BYTES = 2_500_000;

    /** A member on its own waits for nobody before it leads. */
    private static final Duration STANDALONE_ELECTION_TIMEOUT = Duration.ofMillis(50);

    private static final int THREADS = 4;
    private static final long STOP_SECONDS = 10;
    private static final String GROUP = "roster";

    private final MemberTransport transport;
    private final DurableRaftContext raft;
    private final DefaultRaftServer server;
    private final RaftClient client;
    private final List<MemberId> members;
    private final SnapshotTaker snapshots;
    private final ExecutorService snapshotWriter;
    private final ScheduledExecutorService foundingTimer;

    private RaftNode(MemberTransport transport, DurableRaftContext raft, RaftClient client, List<MemberId> members,
            CapturedImage captured, LogMetrics metrics) {
        this.transport = transport;
        this.raft = raft;
        this.server = new DefaultRaftServer(raft);
        this.client = client;
        this.members = members;
        this.snapshotWriter = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("roster-store-snapshot").factory());
        this.foundingTimer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("roster-store-founding").factory());
        this.snapshots = new SnapshotTaker(raft, captured, snapshotWriter, System::nanoTime, metrics);
    }

    /**
     * Opens the port and the data and checks them; does not take part yet.
     *
     * @throws MemberStartException if the port is in use or the data is not whole
     */
    static RaftNode open(RaftConfig config, MemberDirectory directory, StorePrimitiveType types, CapturedImage captured,
            MemberNetwork network, LogMetrics metrics, FatalHandler fatal) {
        PersistentState state = PersistentState.open(directory.raft(), GROUP);
        LogInspection.check(directory.raft(), GROUP, state.mark());
        MemberTransport transport = MemberTransport.create(config, directory.raft(), network);
        MemberId self = MemberId.from(config.member());
        try {
            transport.start().join();
        } catch (CompletionException e) {
            var _ = transport.stop();
            throw new MemberStartException("The member port " + config.bindAddress() + ":" + config.self().port()
                    + " can't be opened: " + e.getCause(),
                    "Stop what uses it, or give another with roster.cluster.port.", e);
        }
        try {
            GuardedProtocol protocol = new GuardedProtocol(GROUP, Serializer.using(RaftNamespaces.RAFT_PROTOCOL),
                    transport.getCommunicationService());
            DurableRaftContext raft = new DurableRaftContext(GROUP, self, transport.getMembershipService(), protocol,
                    storage(directory), types,
                    ThreadModel.SHARED_THREAD_POOL.factory("raft-server-%d", THREADS, LOG), state, metrics,
                    fatal);
            raft.setElectionTimeout(config.isStandalone() ? STANDALONE_ELECTION_TIMEOUT : config.electionTimeout());
            raft.setHeartbeatInterval(config.heartbeatInterval());
            SnapshotInspection.check(raft);
            protocol.bind(raft);
            List<MemberId> members = config.members().stream().map(member -> MemberId.from(member.id())).toList();
            RaftClient client = RaftClient.builder(members)
                    .withClientId(config.member())
                    .withMemberId(self)
                    .withPartitionId(PartitionId.from(GROUP, 1))
                    .withProtocol(new RaftClientCommunicator(GROUP, Serializer.using(RaftNamespaces.RAFT_PROTOCOL),
                            transport.getCommunicationService()))
                    .build();
            return new RaftNode(transport, raft, client, members, captured, metrics);
        } catch (StorageException | java.nio.BufferUnderflowException e) {
            var _ = transport.stop();
            throw new MemberStartException("The log in " + directory.raft() + " can't be read: " + e,
                    MemberStartException.TAKE_STATE_ANEW, e);
        } catch (MemberStartException e) {
            var _ = transport.stop();
            throw e;
        }
    }

    private static RaftStorage storage(MemberDirectory directory) {
        return RaftStorage.builder()
                .withPrefix(GROUP)
                .withDirectory(directory.raft().toFile())
                .withStorageLevel(StorageLevel.DISK)
                .withMaxSegmentSize(SEGMENT_BYTES)
                .withMaxEntrySize(MAX_ENTRY_BYTES)
                .withDynamicCompaction(false)
                .withFreeDiskBuffer(0.01)
                .withNamespace(RaftNamespaces.RAFT_STORAGE)
                .build();
    }

    /** Takes part in the group. The future completes when a leader is known and this member has caught up once. */
    CompletableFuture<RaftServer> join() {
        snapshots.start();
        return becomeMember().thenCompose(known -> client.connect())
                .thenCompose(connected -> server.bootstrap(members));
    }

    /** Completes once it is known whether a member without data may vote. */
    private CompletableFuture<Void> becomeMember() {
        List<MemberId> others = members.stream().filter(member -> !member.equals(raft.localMemberId())).toList();
        Founding founding = new Founding(transport.getCommunicationService(), others, raft::hasData, foundingTimer);
        founding.open();
        if (others.isEmpty() || raft.hasData() || raft.abstention().isOn()) {
            return CompletableFuture.completedFuture(null);
        }
        return founding.isNew().thenAccept(isNew -> {
            if (!isNew) {
                raft.abstention().begin();
            }
        });
    }

    /** Has a listener told of each new role of this member, by the Raft thread. */
    void onRoleChange(Consumer<RaftServer.Role> listener) {
        server.addRoleChangeListener(listener);
    }

    /** Has a listener told of each new leader, by the Raft thread. */
    void onLeaderChange(Runnable listener) {
        raft.addLeaderElectionListener(leader -> listener.run());
    }

    MemberTransport transport() {
        return transport;
    }

    RaftClient client() {
        return client;
    }

    /** Returns who leads as far as this member knows, or null. */
    @Nullable
    MemberId leader() {
        var leader = raft.getLeader();
        return leader == null ? null : leader.memberId();
    }

    long lastApplied() {
        return raft.getLastApplied();
    }

    long term() {
        return raft.getTerm();
    }

    /** Tells whether this member has applied what was committed when it started. */
    boolean hasCaughtUp() {
        return raft.getState() == RaftContext.State.READY;
    }

    /** Stops leading, if this member leads and there is another that could. */
    void handOver() {
        raft.getThreadContext().execute(() -> {
            if (raft.isLeader() && members.size() > 1) {
                LOG.warn("This member stops leading, so that one with room on its disk may");
                raft.setLeader(null);
                raft.transition(RaftServer.Role.FOLLOWER);
            }
        });
    }

    /** Writes a snapshot now, whether it is worth it or not. */
    CompletableFuture<Void> takeSnapshot() {
        return CompletableFuture.completedFuture(snapshots)
                .thenComposeAsync(SnapshotTaker::take, raft.getThreadContext());
    }

    @Override
    public void close() {
        snapshotWriter.shutdownNow();
        foundingTimer.shutdownNow();
        await("client", client.close());
        // Atomix interrupts its threads when it closes, and an interrupt closes files under their readers: let it finish.
        await("log", CompletableFuture.runAsync(() -> {}, raft.getThreadContext())
                .thenRunAsync(() -> {}, raft.getServiceManager().executor())
                .thenRunAsync(() -> {}, raft.getThreadContext()));
        await("server", server.isRunning() ? server.shutdown() : closeUnstarted());
        await("transport", transport.stop());
    }

    private CompletableFuture<Void> closeUnstarted() {
        raft.close();
        return CompletableFuture.completedFuture(null);
    }

    private static void await(String part, CompletableFuture<Void> future) {
        try {
            future.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.warn("The Raft {} did not stop cleanly: {}", part, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
