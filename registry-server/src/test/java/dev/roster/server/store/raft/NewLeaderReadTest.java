package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.protocol.VoteResponse;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.OpenSessionEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member of three becomes leader. The leader before it, which is gone, has acknowledged two commands; the new leader has
 * both, but was told of the first only that it is committed. The third member has voted for it and is behind.
 */
class NewLeaderReadTest {

    private static final MemberId BEFORE = MemberId.from("m2");
    private static final MemberId BEHIND = MemberId.from("m3");
    private static final long TERM = 1;
    private static final long READER = 2;
    private static final long WRITER = 3;

    @TempDir
    Path directory;

    private final CounterType counter = new CounterType();
    private PlayedGroup group;
    private PlayedClient reader;

    /** Whether the member that is behind has caught up. */
    private volatile boolean caughtUp;

    @BeforeEach
    void play() {
        group = new PlayedGroup(directory, 3, counter);
        RaftServerProtocol behind = group.play(BEHIND);
        behind.registerVoteHandler(request -> CompletableFuture.completedFuture(VoteResponse.builder()
                .withStatus(RaftResponse.Status.OK).withTerm(request.term()).withVoted(true).build()));
        behind.registerConfigureHandler(request -> CompletableFuture.completedFuture(
                ConfigureResponse.builder().withStatus(RaftResponse.Status.OK).build()));
        behind.registerAppendHandler(request -> CompletableFuture.completedFuture(answer(request)));
        reader = new PlayedClient(group.play(BEHIND), PlayedGroup.SELF, READER);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void stockAtomixAnswersALinearizableQueryWithoutWhatWasAcknowledgedBefore() throws Exception {
        group.startStock();
        changeLeaders();

        assertThat(reader.get()).as("the defect that is guarded against: two were acknowledged").isEqualTo(1);
    }

    @Test
    void aBarrierIsNotAnsweredBeforeAllThatWasAcknowledgedIsApplied() throws Exception {
        group.startOurs();
        changeLeaders();

        CompletableFuture<byte[]> barrier = new PlayedClient(group.play(BEHIND), PlayedGroup.SELF, READER)
                .command(CounterType.ADD);
        // It leads, and answers queries after the barrier was sent: the barrier alone waits.
        assertThat(reader.get()).isEqualTo(1);
        assertThat(barrier).isNotDone();

        caughtUp = true;
        assertThat(CounterType.decode(barrier.get(10, TimeUnit.SECONDS))).as("both, and itself").isEqualTo(3);
        assertThat(reader.get()).isEqualTo(3);
    }

    private void changeLeaders() throws Exception {
        byte[] config = PlayedClient.config(counter);
        long timeout = PlayedClient.SESSION_TIMEOUT.toMillis();
        append(0, List.of(new InitializeEntry(TERM, 1), session(config, timeout), session(config, timeout),
                new CommandEntry(TERM, 1, WRITER, 1, CounterType.ADD)), 4);
        append(4, List.of(new CommandEntry(TERM, 1, WRITER, 2, CounterType.ADD)), 4);
        group.settle();
        group.elect();
    }

    private static OpenSessionEntry session(byte[] config, long timeout) {
        return new OpenSessionEntry(TERM, 1, BEHIND.id(), PlayedClient.SERVICE, new CounterType().name(), config,
                ReadConsistency.LINEARIZABLE, timeout, timeout);
    }

    private void append(long previous, List<RaftLogEntry> entries, long committed) throws Exception {
        AppendResponse response = group.play(BEFORE).append(PlayedGroup.SELF,
                AppendRequest.builder().withTerm(TERM).withLeader(BEFORE).withPrevLogIndex(previous)
                        .withPrevLogTerm(previous == 0 ? 0 : TERM).withEntries(new ArrayList<>(entries))
                        .withCommitIndex(committed).build())
                .get(10, TimeUnit.SECONDS);
        assertThat(response.succeeded()).as("with it, a majority has the entries").isTrue();
    }

    private AppendResponse answer(AppendRequest request) {
        return AppendResponse.builder().withStatus(RaftResponse.Status.OK).withTerm(request.term())
                .withSucceeded(caughtUp)
                .withLastLogIndex(caughtUp ? request.prevLogIndex() + request.entries().size() : 0).build();
    }
}
