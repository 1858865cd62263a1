package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.codec.CommandCodec;
import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A member that is alone, whose snapshot is written when the test says so. */
@ExtendWith(OutputCaptureExtension.class)
class ConcurrentSnapshotTest {

    private static final int SEGMENT_BYTES = 16 * 1024;

    @TempDir
    Path directory;

    private final BatchMachine machine = new BatchMachine(StateMachine.empty());
    private final CapturedImage captured = new CapturedImage();
    private final BlockingQueue<Runnable> writing = new LinkedBlockingQueue<>();

    @Test
    void appliesCommandsWhileASnapshotIsBeingWritten() throws Exception {
        try (PlayedGroup alone = group()) {
            DurableRaftContext member = alone.startOurs();
            PlayedClient client = client(alone);
            put(client, 1);
            long index = member.getLastApplied();
            CompletableFuture<Void> snapshot = take(member);
            Runnable write = writing.poll(10, TimeUnit.SECONDS);

            put(client, 2);
            assertThat(machine.stateMachine().view().find(Key.of("k2"))).as("while nothing is written").isPresent();
            assertThat(snapshot).isNotDone();

            assertThat(write).isNotNull();
            write.run();
            snapshot.get(10, TimeUnit.SECONDS);
            assertThat(member.snapshots().boundary().index()).as("the state as it was before").isEqualTo(index);
            put(client, 3);
        }
    }

    @Test
    void takesASnapshotUnderWhatAtomixTakesForHighLoad() throws Exception {
        try (PlayedGroup alone = group()) {
            DurableRaftContext member = alone.startOurs();
            put(client(alone), 1);
            while (!member.getLoadMonitor().isUnderHighLoad()) {
                member.getLoadMonitor().recordEvent();
            }

            CompletableFuture<Void> snapshot = take(member);
            takeWriting().run();

            snapshot.get(10, TimeUnit.SECONDS);
            assertThat(member.snapshots().boundary().index()).isEqualTo(member.getLastApplied());
        }
    }

    @Test
    void looksAtTheLogAgainAfterALookThatFailed() throws Exception {
        try (PlayedGroup alone = group().with(
                storage -> storage.withMaxSegmentSize(SEGMENT_BYTES).withMaxEntrySize(1024))) {
            DurableRaftContext member = alone.startOurs();
            PlayedClient client = client(alone);
            put(client, 1);
            CompletableFuture<Void> first = take(member);
            takeWriting().run();
            first.get(10, TimeUnit.SECONDS);
            long covered = member.snapshots().boundary().index();
            for (int i = 2; member.memberLog().segments().size() < 8; i++) {
                put(client, i);
            }
            Path snapshot = alone.raft().resolve(PlayedGroup.NAME + "-" + covered + ".snapshot");
            Path away = directory.resolve("away");
            Files.move(snapshot, away);
            AtomicLong now = new AtomicLong();
            SimpleMeterRegistry meters = new SimpleMeterRegistry();

            new SnapshotTaker(member, captured, writing::add, now::get, new LogMetrics(meters)).start();
            await("a look at a file that is away").until(
                    () -> meters.counter("roster.store.snapshot.failed").count() == 1);
            Files.move(away, snapshot);
            assertThat(writing).isEmpty();
            now.addAndGet(TimeUnit.SECONDS.toNanos(30));

            takeWriting().run();
            await("a later snapshot").until(() -> member.snapshots().boundary().index() > covered);
        }
    }

    @Test
    void saysNothingOfASnapshotThatIsInterruptedByAnOrderlyStop(CapturedOutput output) throws Exception {
        try (PlayedGroup alone = group()) {
            DurableRaftContext member = alone.startOurs();
            put(client(alone), 1);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            SnapshotTaker taker = new SnapshotTaker(member, captured, writing::add, System::nanoTime,
                    new LogMetrics(meters));
            CompletableFuture<Void> snapshot = CompletableFuture.completedFuture(taker)
                    .thenComposeAsync(SnapshotTaker::take, member.getThreadContext());
            Runnable write = takeWriting();

            taker.stop();
            Thread.currentThread().interrupt();
            write.run();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(snapshot).failsWithin(10, TimeUnit.SECONDS);
            assertThat(meters.counter("roster.store.snapshot.failed").count()).isZero();
            assertThat(output).doesNotContain("can't be written");
            try (Stream<Path> files = Files.list(alone.raft())) {
                assertThat(files).as("the draft is gone").noneMatch(file -> file.toString().contains("snapshot"));
            }
        }
    }

    private Runnable takeWriting() throws InterruptedException {
        Runnable write = writing.poll(10, TimeUnit.SECONDS);
        assertThat(write).isNotNull();
        return write;
    }

    private PlayedGroup group() {
        return new PlayedGroup(directory, 1, type());
    }

    private StorePrimitiveType type() {
        return new StorePrimitiveType(() -> new StoreService(machine, (batch, outcomes) -> {}, captured,
                (message, cause) -> {
                    throw new AssertionError(message, cause);
                }));
    }

    private PlayedClient client(PlayedGroup alone) throws Exception {
        return PlayedClient.open(alone.play(PlayedGroup.SELF), PlayedGroup.SELF, type());
    }

    private static void put(PlayedClient client, long number) throws Exception {
        byte[] batch = CommandCodec.encodeBatch(new Batch(7, number, number,
                List.of(Txn.of(new PutKey(Key.of("k" + number), Value.of("v"))))));
        client.command(new PrimitiveOperation(OperationId.command("append"), batch)).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> take(DurableRaftContext member) {
        SnapshotTaker taker = new SnapshotTaker(member, captured, writing::add, System::nanoTime,
                new LogMetrics(new SimpleMeterRegistry()));
        return CompletableFuture.completedFuture(taker).thenComposeAsync(SnapshotTaker::take,
                member.getThreadContext());
    }
}
