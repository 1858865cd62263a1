package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.BatchMachine;
import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.ThreadContextFactory;
import io.atomix.utils.concurrent.ThreadModel;
import io.atomix.utils.serializer.Serializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One member of two, whose other member is played by the test. */
class GuardedProtocolTest {

    private static final String GROUP = "roster";
    private static final MemberId SELF = MemberId.from("m1");
    private static final MemberId OTHER = MemberId.from("m2");
    private static final long LATER_TERM = 1_000;

    @TempDir
    Path directory;

    private final List<MemberAddress> addresses = List.of(new MemberAddress("m1", "127.0.0.1", FreePorts.next()),
            new MemberAddress("m2", "127.0.0.1", FreePorts.next()));
    private MemberTransport own;
    private MemberTransport others;
    private RaftServerCommunicator other;
    private @Nullable RaftContext context;

    @BeforeEach
    void openTransports() {
        own = transport("m1");
        others = transport("m2");
        other = new RaftServerCommunicator(GROUP, serializer(), others.getCommunicationService());
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
        own.stop().join();
        others.stop().join();
    }

    @Test
    void stockAtomixVotesForAnybodyWhenItsLogIsInASnapshot() throws Exception {
        emptyLogBehindASnapshot();
        take(new RaftContext(GROUP, SELF, own.getMembershipService(),
                new RaftServerCommunicator(GROUP, serializer(), own.getCommunicationService()), storage(), types(),
                threads(), true));

        assertThat(votesForCandidateWith(1, 1)).as("the defect that is guarded against").isTrue();
    }

    @Test
    void votesForNobodyWhoLacksWhatIsInItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        take(durable());

        assertThat(votesForCandidateWith(last - 1, 1)).isFalse();
        assertThat(votesForCandidateWith(0, 0)).isFalse();
    }

    @Test
    void votesForWhoeverHasWhatIsInItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        take(durable());

        assertThat(votesForCandidateWith(last, 1)).isTrue();
    }

    @Test
    void stockAtomixCommitsItsOwnEntriesOnTheWordOfALeaderThatHasCompactedThem() throws Exception {
        RaftContext stock = take(new RaftContext(GROUP, SELF, own.getMembershipService(),
                new RaftServerCommunicator(GROUP, serializer(), own.getCommunicationService()), storage(), types(),
                threads(), true));

        var response = other.append(SELF, heartbeatAfter(7, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).as("the defect that is guarded against").isTrue();
        assertThat(stock.getCommitIndex()).isEqualTo(7);
    }

    @Test
    void refusesEntriesThatMayNotJoin() throws Exception {
        RaftContext guarded = take(durable());

        other.append(SELF, heartbeatAfter(0, 0)).get(10, TimeUnit.SECONDS);
        var response = other.append(SELF, heartbeatAfter(7, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).isFalse();
        assertThat(response.lastLogIndex()).isZero();
        assertThat(guarded.getCommitIndex()).isZero();
    }

    @Test
    void joinsEntriesThatFollowItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        RaftContext guarded = take(durable());

        var response = other.append(SELF, heartbeatAfter(last, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).isTrue();
        assertThat(guarded.getCommitIndex()).isEqualTo(last);
    }

    private AppendRequest heartbeatAfter(long index, long term) {
        return AppendRequest.builder().withTerm(LATER_TERM).withLeader(OTHER).withPrevLogIndex(index)
                .withPrevLogTerm(term).withEntries(new ArrayList<>()).withCommitIndex(index).build();
    }

    private boolean votesForCandidateWith(long lastIndex, long lastTerm) throws Exception {
        return other.vote(SELF, VoteRequest.builder().withTerm(LATER_TERM + lastIndex).withCandidate(OTHER)
                .withLastLogIndex(lastIndex).withLastLogTerm(lastTerm).build()).get(10, TimeUnit.SECONDS).voted();
    }

    /** Leaves a snapshot, and a log from which all is cut, as after a snapshot came from a leader; returns its entry. */
    private long emptyLogBehindASnapshot() throws Exception {
        RaftConfig alone = RaftConfig.of("m1", List.of(addresses.getFirst()), "127.0.0.1", directory.resolve("m1"));
        try (AtomixReplicator member = AtomixReplicator.start(alone, new BatchMachine(StateMachine.empty()),
                new SimpleMeterRegistry(), (message, cause) -> {
                    throw new AssertionError(message, cause);
                })) {
            for (int i = 0; i < 20; i++) {
                member.propose(Txn.of(new PutKey(Key.of("k" + i), Value.of("v")))).get(20, TimeUnit.SECONDS);
            }
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
        }
        for (Path file : SegmentFile.list(raft(), GROUP)) {
            Files.delete(file);
        }
        for (String file : List.of("mark", "votes", "roster.meta", "roster.conf")) {
            Files.deleteIfExists(raft().resolve(file));
        }
        return new SyncedSnapshotStore(storage()).boundary().index();
    }

    private RaftContext durable() {
        GuardedProtocol protocol = new GuardedProtocol(GROUP, serializer(), own.getCommunicationService());
        DurableRaftContext durable = new DurableRaftContext(GROUP, SELF, own.getMembershipService(), protocol,
                storage(),
                types(), threads(), PersistentState.open(raft(), GROUP), new LogMetrics(new SimpleMeterRegistry()),
                (message, cause) -> {
                    throw new AssertionError(message, cause);
                });
        protocol.bind(durable);
        return durable;
    }

    /** Has a member take part that never becomes leader, because nobody answers it. */
    private RaftContext take(RaftContext taken) {
        context = taken;
        taken.setElectionTimeout(Duration.ofSeconds(30));
        var _ = new DefaultRaftServer(taken).bootstrap(List.of(SELF, OTHER));
        await().until(() -> taken.getRole() == RaftServer.Role.FOLLOWER);
        return taken;
    }

    private MemberTransport transport(String member) {
        MemberTransport transport = MemberTransport.create(
                RaftConfig.of(member, addresses, "127.0.0.1", directory.resolve(member)), directory, MemberNetwork.TCP);
        transport.start().join();
        return transport;
    }

    private Path raft() {
        return directory.resolve("m1").resolve("raft");
    }

    private RaftStorage storage() {
        return RaftStorage.builder().withPrefix(GROUP).withDirectory(raft().toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE).build();
    }

    private static StorePrimitiveType types() {
        return new StorePrimitiveType(() -> {
            throw new AssertionError("nothing is applied here");
        });
    }

    private static ThreadContextFactory threads() {
        return ThreadModel.SHARED_THREAD_POOL.factory("raft-test-%d", 2,
                LoggerFactory.getLogger(GuardedProtocolTest.class));
    }

    private static Serializer serializer() {
        return Serializer.using(RaftNamespaces.RAFT_PROTOCOL);
    }
}
