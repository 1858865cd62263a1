package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.codec.CommandCodec;
import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.OpenSessionEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.utils.time.WallClockTimestamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member of two follows the other, which the test plays. It has a snapshot, and the log up to the same entry, of which its
 * state has nothing yet: Atomix installs the snapshot with the entry after it.
 */
class UninstalledSnapshotTest {

    private static final MemberId LEADER = MemberId.from("m2");
    private static final long TERM = 1;
    private static final long SESSION = 2;

    @TempDir
    Path directory;

    private final CapturedImage captured = new CapturedImage();
    private BatchMachine machine = new BatchMachine(StateMachine.empty());
    private PlayedGroup group;
    private RaftServerProtocol leader;

    @BeforeEach
    void play() {
        StorePrimitiveType type = type();
        group = new PlayedGroup(directory, 2, type);
        leader = group.play(LEADER);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void aMemberHasNotCaughtUpBeforeItsSnapshotIsInstalled() throws Exception {
        leaveSnapshotOfTheLastEntry();
        DurableRaftContext member = group.startOurs();

        append(4, List.of(), 4);
        group.settle();

        assertThat(member.getState()).as("what Atomix says").isEqualTo(RaftContext.State.READY);
        assertThat(machine.stateMachine().view().revision().value()).as("what it is like").isZero();
        assertThat(member.hasCaughtUp()).isFalse();

        append(4, List.of(put(2)), 5);
        group.settle();

        assertThat(machine.stateMachine().view().revision().value()).isEqualTo(2);
        assertThat(member.hasCaughtUp()).isTrue();
    }

    @Test
    void aStateWithoutItsSnapshotDoesNotTakeThePlaceOfThat() throws Exception {
        leaveSnapshotOfTheLastEntry();
        DurableRaftContext member = group.startOurs();
        append(4, List.of(), 4);
        group.settle();
        byte[] before = Files.readAllBytes(snapshot(4));

        assertThat(take(member)).failsWithin(Duration.ofSeconds(10));
        assertThat(snapshot(4)).hasBinaryContent(before);

        append(4, List.of(put(2)), 5);
        group.settle();
        take(member).get(10, TimeUnit.SECONDS);
        assertThat(snapshot(5)).exists();
    }

    /** The entries that the snapshot stands for were waiting to be applied when it came. */
    @Test
    void aStateThatWasPassedOverDoesNotTakeThePlaceOfWhatALeaderHasSent() throws Exception {
        leaveSnapshotOfTheLastEntry();
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(snapshot(4))).position(SnapshotDraft.CONTENT_POSITION);
        startAnew();
        DurableRaftContext member = group.startOurs();
        append(0, entries(), 3);
        group.settle();
        SnapshotDraft received = member.snapshots().newTemporarySnapshot(4, new WallClockTimestamp());
        received.append(content);
        received.complete();
        append(4, List.of(), 4);
        group.settle();
        byte[] before = Files.readAllBytes(snapshot(4));

        assertThat(member.getLastApplied()).as("what Atomix says").isEqualTo(4);
        assertThat(take(member)).failsWithin(Duration.ofSeconds(10));

        assertThat(snapshot(4)).hasBinaryContent(before);
        assertThat(member.hasCaughtUp()).isFalse();
    }

    private void leaveSnapshotOfTheLastEntry() throws Exception {
        DurableRaftContext member = group.startOurs();
        append(0, entries(), 4);
        group.settle();
        take(member).get(10, TimeUnit.SECONDS);
        assertThat(member.hasCaughtUp()).as("it is a snapshot of this very state").isTrue();
        group.stop();
        machine = new BatchMachine(StateMachine.empty());
    }

    private void startAnew() throws IOException {
        try (Stream<Path> files = Files.list(group.raft())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
    }

    private List<RaftLogEntry> entries() {
        long timeout = PlayedClient.SESSION_TIMEOUT.toMillis();
        StorePrimitiveType type = type();
        return List.of(new InitializeEntry(TERM, 1),
                new OpenSessionEntry(TERM, 1, LEADER.id(), PlayedClient.SERVICE, type.name(), PlayedClient.config(type),
                        ReadConsistency.LINEARIZABLE, timeout, timeout),
                new InitializeEntry(TERM, 1), put(1));
    }

    private static CommandEntry put(long number) {
        byte[] batch = CommandCodec.encodeBatch(new Batch(7, number, number,
                List.of(Txn.of(new PutKey(Key.of("k" + number), Value.of("v"))))));
        return new CommandEntry(TERM, 1, SESSION, number,
                new PrimitiveOperation(OperationId.command("append"), batch));
    }

    private void append(long previous, List<? extends RaftLogEntry> entries, long committed) throws Exception {
        var response = leader.append(PlayedGroup.SELF,
                AppendRequest.builder().withTerm(TERM).withLeader(LEADER).withPrevLogIndex(previous)
                        .withPrevLogTerm(previous == 0 ? 0 : TERM).withEntries(new ArrayList<>(entries))
                        .withCommitIndex(committed).build())
                .get(10, TimeUnit.SECONDS);
        assertThat(response.succeeded()).isTrue();
    }

    private CompletableFuture<Void> take(DurableRaftContext member) {
        SnapshotTaker taker = new SnapshotTaker(member, captured, Runnable::run, System::nanoTime,
                new LogMetrics(new SimpleMeterRegistry()));
        return CompletableFuture.completedFuture(taker).thenComposeAsync(SnapshotTaker::take,
                member.getThreadContext());
    }

    private StorePrimitiveType type() {
        return new StorePrimitiveType(() -> new StoreService(machine, (batch, outcomes) -> {}, captured,
                (message, cause) -> {
                    throw new AssertionError(message, cause);
                }));
    }

    private Path snapshot(long index) {
        return group.raft().resolve(PlayedGroup.NAME + "-" + index + ".snapshot");
    }
}
