package dev.roster.server.store.raft;

import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.primitive.partition.PartitionId;
import io.atomix.protocols.raft.RaftClient;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.partition.impl.RaftClientCommunicator;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.protocol.TransferRequest;
import io.atomix.protocols.raft.protocol.TransferResponse;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.system.Configuration;
import io.atomix.protocols.raft.storage.system.MetaStore;
import io.atomix.storage.StorageException;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.ThreadModel;
import io.atomix.utils.serializer.Namespace;
import io.atomix.utils.serializer.Serializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

    /** Atomix 3.1.12 can't send what it hands leadership over with. */
    static final Namespace PROTOCOL = Namespace.builder().register(RaftNamespaces.RAFT_PROTOCOL)
            .register(TransferRequest.class).register(TransferResponse.class).build();

    private static final int THREADS = 4;
    private static final long STOP_SECONDS = 10;
    private static final String GROUP = "roster";

    private final MemberTransport transport;
    private final DurableRaftContext raft;
    private final DefaultRaftServer server;
    private final RaftClient client;
    private final List<MemberId> members;
    private final ClusterIdentity identity;
    private final ClusterScope scope;
    private final Inquiry inquiry;
    private final Membership membership;
    private final OutsiderWatch outsiders;
    private final SnapshotTaker snapshots;
    private final ExecutorService snapshotWriter;
    private final ScheduledExecutorService timer;

    private RaftNode(MemberTransport transport, ClusterScope scope, DurableRaftContext raft, RaftClient client,
            List<MemberId> members, ClusterIdentity identity, CapturedImage captured, LogMetrics metrics,
            FatalHandler fatal) {
        this.transport = transport;
        this.raft = raft;
        this.server = new DefaultRaftServer(raft);
        this.client = client;
        this.members = members;
        this.identity = identity;
        this.scope = scope;
        this.inquiry = new Inquiry(transport.getCommunicationService(), raft.localMemberId());
        this.membership = new Membership(raft, member -> isReachable(member) && raft.counts(member));
        this.outsiders = new OutsiderWatch(inquiry, this::others, identity::id, this::configurationIndex,
                () -> raft.getLeader() != null, System::nanoTime, fatal);
        this.snapshotWriter = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("roster-store-snapshot").factory());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("roster-store-members").factory());
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
        LogInspection.check(directory.raft(), GROUP, state.mark(),
                SnapshotInspection.lastCovered(directory.raft(), GROUP));
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
            ClusterScope scope = new ClusterScope(transport.getCommunicationService());
            GuardedProtocol protocol = new GuardedProtocol(GROUP, Serializer.using(PROTOCOL),
                    scope);
            RaftStorage storage = storage(directory);
            restoreMembers(state, storage);
            DurableRaftContext raft = new DurableRaftContext(GROUP, self, transport.getMembershipService(), protocol,
                    storage, types,
                    ThreadModel.SHARED_THREAD_POOL.factory("raft-server-%d", THREADS, LOG), state, metrics,
                    fatal);
            raft.setElectionTimeout(config.isStandalone() ? STANDALONE_ELECTION_TIMEOUT : config.electionTimeout());
            raft.setHeartbeatInterval(config.heartbeatInterval());
            SnapshotInspection.check(raft);
            raft.beginLogBehindSnapshot();
            ClusterIdentity identity = ClusterIdentity.open(directory.raft().resolve("cluster"), raft.hasData(),
                    UUID::randomUUID);
            protocol.bind(raft);
            List<MemberId> members = config.members().stream().map(member -> MemberId.from(member.id())).toList();
            RaftClient client = RaftClient.builder(members)
                    .withClientId(config.member())
                    .withMemberId(self)
                    .withPartitionId(PartitionId.from(GROUP, 1))
                    .withProtocol(new RaftClientCommunicator(GROUP, Serializer.using(PROTOCOL),
                            scope))
                    .build();
            return new RaftNode(transport, scope, raft, client, members, identity, captured, metrics, fatal);
        } catch (StorageException | java.nio.BufferUnderflowException e) {
            var _ = transport.stop();
            throw new MemberStartException("The log in " + directory.raft() + " can't be read: " + e,
                    MemberStartException.TAKE_STATE_ANEW, e);
        } catch (MemberStartException e) {
            var _ = transport.stop();
            throw e;
        }
    }

    /** Atomix begins with the list in its own file, which may be older than the one to go by. */
    static void restoreMembers(PersistentState state, RaftStorage storage) {
        state.configurations().latest().ifPresent(latest -> {
            try (MetaStore file = storage.openMetaStore()) {
                file.storeConfiguration(latest);
            }
        });
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
        inquiry.open(this::standingOf);
        var _ = timer.scheduleAtFixedRate(this::lookForOutsiders, 1, 1, TimeUnit.SECONDS);
        if (raft.hasData() || raft.abstention().isOn() || (raft.hasVoted() && identity.cluster() != null)) {
            scope.enter(identity.id());
            return client.connect().thenCompose(connected -> server.bootstrap(members));
        }
        return new Founding(inquiry, raft.localMemberId(), identity, othersOf(members), timer).find()
                .thenCompose(this::begin);
    }

    private CompletableFuture<RaftServer> begin(Founding.Outcome outcome) {
        UUID cluster = identity.adopt(outcome.cluster());
        if (!cluster.equals(outcome.cluster())) {
            throw new IllegalStateException("this member is of cluster " + cluster + ", the others are of "
                    + outcome.cluster());
        }
        if (outcome.role() == Founding.Outcome.Role.VOTER) {
            raft.abstention().begin();
        }
        LOG.info("This member is a {} of cluster {}", outcome.role().name().toLowerCase(Locale.ROOT), cluster);
        scope.enter(cluster);
        return client.connect().thenCompose(connected -> outcome.role() == Founding.Outcome.Role.LEARNER
                ? server.listen(members)
                : server.bootstrap(members));
    }

    /** Says how this member stands, and what another is to it. */
    private Standing standingOf(MemberId asker) {
        Configuration list = raft.getCluster().getConfiguration();
        Standing.Role role;
        if (list == null) {
            role = members.contains(asker) ? Standing.Role.VOTER : Standing.Role.UNKNOWN;
        } else {
            role = list.members().stream().filter(member -> member.memberId().equals(asker))
                    .map(member -> member.getType() == RaftMember.Type.ACTIVE
                            ? Standing.Role.VOTER
                            : Standing.Role.LEARNER)
                    .findFirst().orElse(Standing.Role.UNKNOWN);
        }
        return new Standing(raft.hasData(), identity.proposal(), identity.cluster(), raft.committedListIndex(), role);
    }

    private long configurationIndex() {
        Configuration list = raft.getCluster().getConfiguration();
        return list == null ? 0 : list.index();
    }

    private void lookForOutsiders() {
        try {
            if (raft.hasData() && identity.cluster() != null) {
                outsiders.tick();
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule without a word.
            LOG.error("looking for the other members failed", e);
        }
    }

    private List<MemberId> others() {
        return Stream.concat(members.stream(), raft.getCluster().getMembers().stream().map(RaftMember::memberId))
                .distinct().filter(member -> !member.equals(raft.localMemberId())).toList();
    }

    private List<MemberId> othersOf(List<MemberId> all) {
        return all.stream().filter(member -> !member.equals(raft.localMemberId())).toList();
    }

    /** Tells whether this member hears from another. */
    boolean isReachable(MemberId member) {
        Member known = transport.getMembershipService().getMember(member);
        return known != null && known.isReachable();
    }

    /** Returns who takes part, as far as this member knows: as it was told at the start until it has heard more. */
    List<RaftMember> participants() {
        Configuration list = raft.getCluster().getConfiguration();
        return list == null || list.members().isEmpty()
                ? members.stream().<RaftMember>map(
                        member -> new DefaultRaftMember(member, RaftMember.Type.ACTIVE, Instant.EPOCH)).toList()
                : List.copyOf(list.members());
    }

    /** Returns the means by which members of this cluster reach each other. */
    ClusterCommunicationService messages() {
        return scope;
    }

    /** Returns what changes who takes part; to be used on the Raft thread. */
    Membership membership() {
        return membership;
    }

    Executor raftThread() {
        return raft.getThreadContext();
    }

    /** Tells whether this member has lost its data, so that it has no vote. */
    boolean abstains() {
        return raft.abstention().isOn();
    }

    /** Notes that an entry is applied here that this member has proposed since {@link #abstains} was true. */
    void shownOwnEntry() {
        raft.abstention().shownOwnEntry();
    }

    /** Asks the leader for its office. */
    CompletableFuture<?> takeOver() {
        return raft.abstention().isOn()
                ? CompletableFuture.failedFuture(new IllegalStateException("this member has no vote"))
                : server.promote();
    }

    /** Returns the cluster that this member is of, or null while it has not joined one. */
    @Nullable
    UUID cluster() {
        return identity.cluster();
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

    /** Tells whether this member has applied what was committed when it started, and its state has what counts as applied. */
    boolean hasCaughtUp() {
        return raft.hasCaughtUp();
    }

    /** Returns how many entries are committed, as far as this member knows. */
    long commitIndex() {
        return raft.getCommitIndex();
    }

    /** Writes a snapshot now, whether it is worth it or not. */
    CompletableFuture<Void> takeSnapshot() {
        return CompletableFuture.completedFuture(snapshots)
                .thenComposeAsync(SnapshotTaker::take, raft.getThreadContext());
    }

    @Override
    public void close() {
        stopSnapshots();
        timer.shutdownNow();
        await("client", client.close());
        // Atomix interrupts its threads when it closes, and an interrupt closes files under their readers: let it finish.
        await("log", CompletableFuture.runAsync(() -> {}, raft.getThreadContext())
                .thenRunAsync(() -> {}, raft.getServiceManager().executor())
                .thenRunAsync(() -> {}, raft.getThreadContext()));
        await("server", server.isRunning() ? server.shutdown() : closeUnstarted());
        await("transport", transport.stop());
    }

    /** A large one takes seconds; it is taken anew when the log has grown again. */
    private void stopSnapshots() {
        snapshots.stop();
        snapshotWriter.shutdownNow();
        try {
            if (!snapshotWriter.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A snapshot is still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
