package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Replicator;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.StoreFullException;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable engine: every command is on disk on a majority of the members, and applied here, before it is acknowledged.
 * One member alone is its own majority.
 */
public final class AtomixReplicator implements Replicator {

    /** What keys, values and leases may take by default. */
    public static final long DEFAULT_STATE_BYTES = StateQuota.DEFAULT_BYTES;

    /** Greatest limit of what they may take. */
    public static final long MAX_STATE_BYTES = StateQuota.MAX_BYTES;

    /** Least limit of what they may take. */
    public static final long MIN_STATE_BYTES = StateQuota.MIN_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(AtomixReplicator.class);

    /** How often deadlines of commands and leases are looked at. */
    private static final Duration TICK = Duration.ofMillis(100);

    /** Somebody has to make room first. */
    private static final Duration DISK_RETRY = Duration.ofSeconds(30);

    private final RaftConfig config;
    private final LogMetrics metrics;
    private final StateMachine replica;
    private final RaftNode node;
    private final Proposer proposer;
    private final LeaseWarden warden;
    private final KeepAliveRelay keepAlives;
    private final ExpiryRelay expiry;
    private final MembershipRelay members;
    private final PeerCalls peerCalls;
    private final DiskWatch disk;
    private final StateQuota quota;
    private final ApplyWatch applies;
    private volatile boolean closing;
    private volatile boolean proposing;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roster-store-ticker").factory());
    private final ExecutorService completions = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("roster-store-completion-", 0).factory());

    private AtomixReplicator(RaftConfig config, MemberDirectory directory, BatchMachine machine,
            HoldBackRules holdBack, long maxStateBytes, DiskWatch disk, MemberNetwork network, MeterRegistry meters,
            FatalHandler fatal) {
        this.metrics = new LogMetrics(meters);
        this.config = config;
        this.replica = machine.stateMachine();
        this.quota = new StateQuota(replica::bytes, maxStateBytes, meters);
        FatalHandler unlessClosing = (message, cause) -> {
            if (closing) {
                LOG.debug("while closing: {}", message, cause);
            } else {
                fatal.fatal(message, cause);
            }
        };
        CapturedImage images = new CapturedImage();
        StorePrimitiveType types = new StorePrimitiveType(
                () -> new StoreService(machine, (batch, outcomes) -> proposer().applied(batch, outcomes), images,
                        unlessClosing));
        this.node = RaftNode.open(config, directory, types, images, network, metrics, unlessClosing);
        this.proposer = new Proposer(new SecureRandom().nextLong(), new SessionLink(node.client(), types),
                config.commandTimeout(), System::nanoTime, completions, metrics);
        this.disk = disk;
        this.warden = new LeaseWarden(replica, proposer::propose, System::nanoTime, holdBack, meters);
        LeaderCall.Peers peers = new LeaderCall.Peers(node.messages(),
                MemberId.from(config.member()), node::leader, warden::isLeading);
        this.keepAlives = new KeepAliveRelay(peers, warden, this::readBarrier);
        this.expiry = new ExpiryRelay(peers, warden);
        this.members = new MembershipRelay(peers, node.membership(), node.raftThread(), node::takeOver,
                disk::hasRoom);
        this.applies = new ApplyWatch(node::commitIndex, node::lastApplied, System::nanoTime, Thread::getAllStackTraces,
                meters);
        this.peerCalls = new PeerCalls(node.messages());
    }

    /** Opens the member with the default rules for holding expiry back. */
    public static AtomixReplicator start(RaftConfig config, BatchMachine machine, MeterRegistry meters,
            FatalHandler fatal) {
        return start(config, machine, HoldBackRules.DEFAULT, DEFAULT_STATE_BYTES, meters, fatal);
    }

    /**
     * Opens the member's data and port and begins to take part. Returns before there is a leader: commands wait for one.
     *
     * @param holdBack when expiry of leases is held back
     * @param maxStateBytes what keys, values and leases may take before new data is refused with
     *     {@link dev.roster.server.store.StateFullException}; {@link #MIN_STATE_BYTES} to {@link #MAX_STATE_BYTES}
     * @param fatal called when the member must stop
     * @throws MemberStartException if the data can't be trusted, is in use, or the port is
     */
    public static AtomixReplicator start(RaftConfig config, BatchMachine machine, HoldBackRules holdBack,
            long maxStateBytes, MeterRegistry meters, FatalHandler fatal) {
        return start(config, machine, holdBack, maxStateBytes, directory -> DiskWatch.of(directory, meters),
                MemberNetwork.TCP, meters, fatal);
    }

    /** Opens the member with the default rules, over a network of a test's own. */
    static AtomixReplicator start(RaftConfig config, BatchMachine machine, MemberNetwork network, MeterRegistry meters,
            FatalHandler fatal) {
        return start(config, machine, HoldBackRules.DEFAULT, DEFAULT_STATE_BYTES,
                directory -> DiskWatch.of(directory, meters), network, meters, fatal);
    }

    /** Opens the member with the default rules, on a disk whose room a test decides about, as the size of the state. */
    static AtomixReplicator start(RaftConfig config, BatchMachine machine, long maxStateBytes, DiskWatch disk,
            MeterRegistry meters, FatalHandler fatal) {
        return start(config, machine, HoldBackRules.DEFAULT, maxStateBytes, directory -> disk, MemberNetwork.TCP,
                meters, fatal);
    }

    private static AtomixReplicator start(RaftConfig config, BatchMachine machine, HoldBackRules holdBack,
            long maxStateBytes, Function<Path, DiskWatch> disk, MemberNetwork network, MeterRegistry meters,
            FatalHandler fatal) {
        MemberDirectory directory = MemberDirectory.open(config.directory(), config.member());
        AtomixReplicator replicator = new AtomixReplicator(config, directory, machine, holdBack,
                maxStateBytes, disk.apply(directory.raft()), network, meters, fatal);
        replicator.begin();
        return replicator;
    }

    private void begin() {
        node.onRoleChange(this::onRole);
        node.onLeaderChange(proposer::leaderChanged);
        keepAlives.open();
        expiry.open();
        members.open();
        var _ = node.join().whenComplete((joined, error) -> {
            if (error != null) {
                LOG.error("This member could not take part in the cluster", error);
            }
        });
        proposer.connect();
        var _ = ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Proposer proposer() {
        return proposer;
    }

    private void onRole(RaftServer.Role role) {
        if (role == RaftServer.Role.LEADER) {
            warden.lead(node.term());
        } else {
            warden.follow();
        }
    }

    private void tick() {
        try {
            disk.look();
            if (node.hasCaughtUp()) {
                // Before, the state is one that was.
                quota.look();
            }
            applies.look();
            if (warden.isLeading() && disk.asksForAnotherLeader()) {
                handOver();
            }
            proposer.tick();
            warden.tick();
            keepAlives.tick();
            if (node.abstains() && !proposing) {
                regainVote();
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule without a word, and with it every deadline.
            LOG.error("tick failed", e);
        }
    }

    /** A member that had lost its data votes again when it is shown what it has proposed after that. */
    private void regainVote() {
        proposing = true;
        var _ = proposer.barrier().whenComplete((shown, error) -> {
            if (error == null) {
                node.shownOwnEntry();
            } else {
                proposing = false;
            }
        });
    }

    private void handOver() {
        LOG.warn("This member leads and has little room on its disk: it asks the others to take over");
        var _ = members.handOver().handle((took, error) -> error == null && took).thenAccept(took -> {
            metrics.recordHandOver(took);
            if (!took) {
                LOG.warn("No other voter that has room on its disk took over");
            }
        });
    }

    @Override
    public CompletableFuture<CommandResult> propose(Command command) {
        if (disk.refuses(command)) {
            return CompletableFuture.failedFuture(new StoreFullException(DISK_RETRY));
        }
        if (quota.refuses(command)) {
            return CompletableFuture.failedFuture(quota.refusal());
        }
        return proposer.propose(command);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        // Alone, this member has applied everything before it acknowledges it: there is nobody else to ask.
        return config.isStandalone() && node.hasCaughtUp() && !closing
                ? CompletableFuture.completedFuture(null)
                : proposer.barrier();
    }

    @Override
    public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        return keepAlives.keepAlive(ids);
    }

    @Override
    public CompletableFuture<Optional<Duration>> timeToLive(LeaseId id) {
        return keepAlives.timeToLive(id);
    }

    @Override
    public StateMachine stateMachine() {
        return replica;
    }

    /** Returns how the leader judges leases; fails with a {@link dev.roster.server.store.StoreException} without one. */
    public CompletableFuture<ExpiryState> expiryState() {
        return expiry.state();
    }

    /** Has the leader end the leases that it holds back; returns how it judges leases then. */
    public CompletableFuture<ExpiryState> releaseExpiry() {
        return expiry.release();
    }

    /**
     * Begins to answer questions of the other members.
     *
     * @param subject what the questions are about
     * @param answer called with each question, by the executor
     */
    public void answerPeers(String subject, UnaryOperator<byte[]> answer, Executor executor) {
        peerCalls.answer(subject, answer, executor);
    }

    /**
     * Asks another member.
     *
     * @param member its id
     * @return fails with {@link dev.roster.server.store.StoreUnavailableException} when it does not answer in time, or can't
     */
    public CompletableFuture<byte[]> askPeer(String member, String subject, byte[] question, Duration timeout) {
        return peerCalls.ask(member, subject, question, timeout);
    }

    /** Returns this member's id. */
    public String member() {
        return config.member();
    }

    /** Returns the id of the leader, as far as this member knows. */
    public Optional<String> leader() {
        return Optional.ofNullable(node.leader()).map(MemberId::id);
    }

    /** Returns the Raft term that this member is in. */
    public long term() {
        return node.term();
    }

    /** Returns the index of the last log entry that is applied here. */
    long lastApplied() {
        return node.lastApplied();
    }

    /** Tells whether this member has applied all that was committed when it started, and goes on applying. */
    public boolean hasCaughtUp() {
        return node.hasCaughtUp() && !applies.isStuck();
    }

    /** Returns all members as far as this one knows, ordered by id. */
    public List<MemberStatus> members() {
        return node.participants().stream().sorted(Comparator.comparing(member -> member.memberId().id()))
                .map(member -> new MemberStatus(member.memberId().id(), addressOf(member.memberId()),
                        member.getType() == RaftMember.Type.ACTIVE,
                        member.memberId().id().equals(config.member()) || node.isReachable(member.memberId())))
                .toList();
    }

    private @Nullable String addressOf(MemberId member) {
        Member known = node.transport().getMembershipService().getMember(member);
        if (known != null) {
            return new MemberAddress(member.id(), known.address().host(), known.address().port()).address();
        }
        return config.members().stream().filter(named -> named.id().equals(member.id())).map(MemberAddress::address)
                .findFirst().orElse(null);
    }

    /** Returns the id of the cluster, empty while this member has not joined one. */
    public Optional<UUID> cluster() {
        return Optional.ofNullable(node.cluster());
    }

    /**
     * Has the leader change who takes part, whichever member is asked.
     *
     * @return completed once it is committed; fails with {@link MembershipRefusedException} when it was not made, and with
     *     {@link dev.roster.server.store.StoreUnavailableException} when there is no leader, or none said in time what
     *     became of it
     */
    public CompletableFuture<Void> change(MembershipChange change) {
        return members.change(change);
    }

    /**
     * Writes a snapshot now and cuts off the log behind it, however short that is.
     *
     * @return completed once both is done; fails when the snapshot could not be written, which changes nothing
     */
    public CompletableFuture<Void> takeSnapshot() {
        return node.takeSnapshot();
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        ticker.shutdownNow();
        keepAlives.close();
        proposer.close();
        node.close();
        completions.shutdown();
    }
}
