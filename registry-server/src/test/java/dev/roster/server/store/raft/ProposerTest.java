package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Key;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.CommandCodec;
import dev.roster.server.store.codec.CommandOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProposerTest {

    private static final long CLIENT = 99;
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final AtomicLong nanos = new AtomicLong();
    private final FakeLink link = new FakeLink();
    private final Proposer proposer = new Proposer(CLIENT, link, TIMEOUT, nanos::get, Runnable::run,
            new LogMetrics(new SimpleMeterRegistry()));

    @Test
    void sendsAtOnceWhenNothingIsUnderWay() {
        proposer.connect();

        CompletableFuture<CommandResult> result = proposer.propose(put("a"));

        Batch batch = link.onlySession().onlyBatch();
        assertThat(batch.clientId()).isEqualTo(CLIENT);
        assertThat(batch.commands()).containsExactly(put("a"));
        assertThat(result).isNotDone();
    }

    @Test
    void answersWhenTheReplicaHasAppliedTheBatch() {
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));

        apply(link.onlySession().onlyBatch(), done(5));

        assertThat(result).isCompletedWithValue(new TxnResult(true, List.of(), new Revision(5)));
    }

    @Test
    void gathersWhatArrivesWhileTwoBatchesAreUnderWay() {
        proposer.connect();
        proposer.propose(put("a"));
        proposer.propose(put("b"));
        for (int i = 0; i < 100; i++) {
            proposer.propose(put("c" + i));
        }
        FakeSession session = link.onlySession();
        assertThat(session.batches).hasSize(2);

        apply(session.batches.getFirst(), done(1));

        assertThat(session.batches).hasSize(3);
        assertThat(session.batches.get(2).commands()).hasSize(100);
    }

    @Test
    void keepsBatchesWithinTheirBounds() {
        for (int i = 0; i < 3000; i++) {
            proposer.propose(put("k" + i));
        }
        proposer.connect();

        assertThat(link.onlySession().batches).hasSize(2)
                .allSatisfy(batch -> assertThat(batch.commands()).hasSizeLessThanOrEqualTo(Proposer.MAX_BATCH_COMMANDS))
                .allSatisfy(batch -> assertThat(CommandCodec.encodeBatch(batch).length)
                        .isLessThanOrEqualTo(Proposer.MAX_BATCH_BYTES));
    }

    @Test
    void sendsOneLargeCommandAlone() {
        proposer.propose(new PutLarge(1_500_000).command());
        proposer.propose(put("a"));
        proposer.connect();

        assertThat(link.onlySession().batches).extracting(batch -> batch.commands().size()).containsExactly(1, 1);
    }

    @Test
    void refusesACommandThatIsTooLarge() {
        Command large = Txn.of(new PutKey(Key.of("a"), Value.of(new byte[Value.MAX_BYTES])),
                new PutKey(Key.of("b"), Value.of(new byte[Value.MAX_BYTES])));

        assertThatExceptionOfType(InvalidCommandException.class).isThrownBy(() -> proposer.propose(large))
                .withMessageContaining("at most");
    }

    @Test
    void refusesWhatIsTooMuch() {
        for (int i = 0; i < Proposer.MAX_QUEUED_COMMANDS; i++) {
            proposer.propose(put("k" + i));
        }

        CompletableFuture<CommandResult> result = proposer.propose(put("one more"));

        assertFailure(result, StoreOverloadedException.class);
    }

    @Test
    void sendsTheSameBatchAgainOverANewSession() {
        proposer.connect();
        CompletableFuture<CommandResult> first = proposer.propose(put("a"));
        CompletableFuture<CommandResult> second = proposer.propose(put("b"));
        FakeSession old = link.onlySession();

        old.failures.getFirst().completeExceptionally(new IllegalStateException("session expired"));

        FakeSession fresh = link.sessions.get(1);
        assertThat(old.closed).isTrue();
        assertThat(fresh.batches).isEqualTo(old.batches);
        apply(fresh.batches.get(0), done(1));
        apply(fresh.batches.get(1), done(2));
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void replacesASessionThatDoesNotAnswer() {
        proposer.connect();
        proposer.propose(put("a"));

        pass(Proposer.ATTEMPT_TIMEOUT.plusMillis(1));

        assertThat(link.sessions).hasSize(2);
        assertThat(link.sessions.get(1).batches).hasSize(1);
    }

    @Test
    void replacesASessionWithWorkUnderWayWhenTheLeaderChanges() {
        proposer.connect();
        proposer.leaderChanged();
        assertThat(link.sessions).hasSize(1);
        proposer.propose(put("a"));

        proposer.leaderChanged();

        assertThat(link.sessions).hasSize(2);
        assertThat(link.sessions.get(1).batches).hasSize(1);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenASentCommandIsOverdue() {
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));

        pass(TIMEOUT.plusMillis(1));

        assertFailure(result, OutcomeUnknownException.class);
    }

    @Test
    void saysThatNothingWasDoneWhenACommandWasNeverSent() {
        link.available = false;
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));
        CompletableFuture<Void> barrier = proposer.barrier();

        pass(TIMEOUT.plusMillis(1));

        assertFailure(result, StoreUnavailableException.class);
        assertFailure(barrier, StoreUnavailableException.class);
        link.available = true;
        proposer.tick();
        assertThat(link.onlySession().batches).isEmpty();
    }

    @Test
    void triesAgainWhenThereIsNoSession() {
        link.available = false;
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));
        link.available = true;

        proposer.tick();

        apply(link.onlySession().onlyBatch(), done(1));
        assertThat(result).isCompleted();
    }

    @Test
    void tellsWhichBatchesMayComeAgain() {
        proposer.connect();
        proposer.propose(put("a"));
        proposer.propose(put("b"));
        FakeSession session = link.onlySession();
        assertThat(session.batches).extracting(Batch::sequence).containsExactly(1L, 2L);
        assertThat(session.batches).extracting(Batch::oldestOutstanding).containsExactly(1L, 1L);

        apply(session.batches.getFirst(), done(1));
        proposer.propose(put("c"));

        assertThat(session.batches.getLast().oldestOutstanding()).isEqualTo(2);
    }

    @Test
    void letsABarrierShareABatch() {
        proposer.connect();
        proposer.propose(put("a"));
        proposer.propose(put("b"));
        CompletableFuture<Void> barrier = proposer.barrier();
        proposer.propose(put("c"));
        FakeSession session = link.onlySession();

        apply(session.batches.getFirst(), done(1));
        assertThat(session.batches.getLast().commands()).containsExactly(put("c"));
        assertThat(barrier).isNotDone();
        apply(session.batches.getLast(), done(3));

        assertThat(barrier).isCompleted();
    }

    @Test
    void passesOnWhyTheStateMachineRefused() {
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));

        apply(link.onlySession().onlyBatch(), new CommandOutcome.Refused(new LeaseNotFoundException(new LeaseId(3))));

        assertFailure(result, LeaseNotFoundException.class);
    }

    @Test
    void doesNotTakeTheBatchesOfOthersForItsOwn() {
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));
        Batch mine = link.onlySession().onlyBatch();

        proposer.applied(new Batch(CLIENT + 1, mine.sequence(), 1, mine.commands()),
                CommandCodec.encodeOutcomes(List.of(done(1))));

        assertThat(result).isNotDone();
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheReplicaHasForgottenIt() {
        proposer.connect();
        CompletableFuture<CommandResult> result = proposer.propose(put("a"));

        proposer.applied(link.onlySession().onlyBatch(), CommandCodec.encodeOutcomes(List.of()));

        assertFailure(result, OutcomeUnknownException.class);
    }

    @Test
    void failsEverythingWhenItCloses() {
        proposer.connect();
        CompletableFuture<CommandResult> sent = proposer.propose(put("a"));
        proposer.propose(put("b"));
        CompletableFuture<CommandResult> queued = proposer.propose(put("c"));

        proposer.close();

        assertFailure(sent, OutcomeUnknownException.class);
        assertFailure(queued, StoreUnavailableException.class);
        assertFailure(proposer.propose(put("d")), StoreUnavailableException.class);
    }

    private static void assertFailure(CompletableFuture<?> future, Class<? extends Throwable> type) {
        assertThat(future).isCompletedExceptionally();
        assertThat(future.exceptionNow()).isInstanceOf(type);
    }

    private void apply(Batch batch, CommandOutcome outcome) {
        proposer.applied(batch,
                CommandCodec.encodeOutcomes(batch.commands().stream().map(command -> outcome).toList()));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        proposer.tick();
    }

    private static Txn put(String key) {
        return Txn.of(new PutKey(Key.of(key), Value.of("v")));
    }

    private static CommandOutcome done(long revision) {
        return new CommandOutcome.Done(new TxnResult(true, List.of(), new Revision(revision)));
    }

    private record PutLarge(int bytes) {
        Txn command() {
            return Txn.of(new PutKey(Key.of("large"), Value.of(new byte[bytes])));
        }
    }

    private static final class FakeLink implements LogLink {

        final List<FakeSession> sessions = new ArrayList<>();
        boolean available = true;

        @Override
        public CompletableFuture<Session> open() {
            if (!available) {
                return CompletableFuture.failedFuture(new IllegalStateException("no leader"));
            }
            FakeSession session = new FakeSession();
            sessions.add(session);
            return CompletableFuture.completedFuture(session);
        }

        FakeSession onlySession() {
            assertThat(sessions).hasSize(1);
            return sessions.getFirst();
        }
    }

    private static final class FakeSession implements LogLink.Session {

        final List<Batch> batches = new ArrayList<>();
        final List<CompletableFuture<Void>> failures = new ArrayList<>();
        boolean closed;

        @Override
        public CompletableFuture<Void> send(byte[] batch) {
            batches.add(CommandCodec.decodeBatch(batch));
            CompletableFuture<Void> future = new CompletableFuture<>();
            failures.add(future);
            return future;
        }

        @Override
        public void close() {
            closed = true;
        }

        Batch onlyBatch() {
            assertThat(batches).hasSize(1);
            return batches.getFirst();
        }
    }
}
