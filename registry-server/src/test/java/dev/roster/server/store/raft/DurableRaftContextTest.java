package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.ThreadContextFactory;
import io.atomix.utils.concurrent.ThreadModel;
import io.atomix.utils.serializer.Serializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A group of one elects itself, so that all of an election happens in one member. */
class DurableRaftContextTest {

    private static final MemberId SELF = MemberId.from("m1");

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private MemberTransport transport;

    @BeforeEach
    void openTransport() {
        RaftConfig config = RaftConfig.of("m1", List.of(new MemberAddress("m1", "127.0.0.1", FreePorts.next())),
                "127.0.0.1", directory);
        transport = MemberTransport.create(config, directory, MemberNetwork.TCP);
        transport.start().join();
    }

    @AfterEach
    void closeTransport() {
        transport.stop().join();
    }

    @Test
    void stockAtomixForgetsItsVoteOnceThereIsALeader() throws Exception {
        RaftContext stock = new RaftContext("stock", SELF, transport.getMembershipService(),
                new RaftServerCommunicator("stock", serializer(), transport.getCommunicationService()),
                storage("stock"),
                types(), threads(), true);

        elect(stock);

        assertThat(stock.getTerm()).isEqualTo(1);
        assertThat(stock.getLastVotedFor()).as("the defect that the ledger guards against").isNull();
    }

    @Test
    void remembersItsVoteOnceThereIsALeader() throws Exception {
        DurableRaftContext context = context(new VoteLedger(directory.resolve("votes")));

        elect(context);

        assertThat(context.getTerm()).isEqualTo(1);
        assertThat(context.getLastVotedFor()).isEqualTo(SELF);
        assertThat(new VoteLedger(directory.resolve("votes")).voteIn(1)).isEqualTo("m1");
    }

    @Test
    void neverGoesBackBehindATermInWhichItVoted() {
        VoteLedger votes = new VoteLedger(directory.resolve("votes"));
        votes.record(9, "m2");

        DurableRaftContext context = context(votes);

        assertThat(context.getTerm()).isEqualTo(9);
        assertThat(context.getLastVotedFor()).isEqualTo(MemberId.from("m2"));
        context.close();
    }

    @Test
    void syncsTheLogBeforeItCommits() throws Exception {
        DurableRaftContext context = context(new VoteLedger(directory.resolve("votes")));

        elect(context);

        // The new leader's first entry is committed, hence synced.
        assertThat(context.getCommitIndex()).isPositive();
        assertThat(meters.timer("roster.store.log.sync").count()).isPositive();
    }

    @Test
    void committedEntriesMayBeCutOffOnlyWhereASnapshotStandsForThem() {
        assertThat(DurableRaftContext.dropsCommitted(5, 0, 10)).isTrue();
        assertThat(DurableRaftContext.dropsCommitted(5, 9, 10)).isTrue();
        assertThat(DurableRaftContext.dropsCommitted(5, 10, 10)).isFalse();
        assertThat(DurableRaftContext.dropsCommitted(10, 0, 10)).isFalse();
    }

    private DurableRaftContext context(VoteLedger votes) {
        GuardedProtocol protocol = new GuardedProtocol("ours", serializer(), transport.getCommunicationService());
        DurableRaftContext context = new DurableRaftContext("ours", SELF, transport.getMembershipService(), protocol,
                storage("ours"), types(), threads(), new PersistentState(votes,
                        new Abstention(directory.resolve("abstains")),
                        HighWaterMark.open(directory.resolve("mark"), false),
                        ConfigurationLedger.open(directory.resolve("members"))),
                new LogMetrics(meters), (message, cause) -> {
                    throw new AssertionError(message, cause);
                });
        protocol.bind(context);
        return context;
    }

    private static void elect(RaftContext context) throws Exception {
        DefaultRaftServer server = new DefaultRaftServer(context);
        server.bootstrap(List.of(SELF)).get(10, TimeUnit.SECONDS);
        server.shutdown().get(10, TimeUnit.SECONDS);
    }

    private RaftStorage storage(String name) {
        return RaftStorage.builder().withPrefix(name).withDirectory(directory.resolve(name).toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE).withFlushOnCommit(true)
                .build();
    }

    private static StorePrimitiveType types() {
        return new StorePrimitiveType(() -> {
            throw new AssertionError("no session is opened here");
        });
    }

    private static ThreadContextFactory threads() {
        return ThreadModel.SHARED_THREAD_POOL.factory("raft-test-%d", 2,
                LoggerFactory.getLogger(DurableRaftContextTest.class));
    }

    private static Serializer serializer() {
        return Serializer.using(RaftNamespaces.RAFT_PROTOCOL);
    }
}
