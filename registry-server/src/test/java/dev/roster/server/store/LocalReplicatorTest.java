package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine in memory keeps the contract of all engines, on threads of others and on that of the caller. */
class LocalReplicatorTest extends ReplicatorContract {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private LocalReplicator replicator;

    @Override
    protected Replicator create() {
        replicator = new LocalReplicator(threads, now::get);
        return replicator;
    }

    @Override
    protected void letTimePass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
        Outcome.await(replicator.tick());
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void appliesOnTheCallersThreadWhenGivenIt() {
        LocalReplicator direct = new LocalReplicator(Runnable::run, now::get);

        CompletableFuture<CommandResult> answer = direct.propose(Txn.of(new PutKey(Key.of("k"), Value.of("1"))));

        assertThat(answer).isCompleted();
    }

    @Test
    void refusesMoreThanItsQueueHolds() {
        ManualExecutor manual = new ManualExecutor();
        LocalReplicator slow = new LocalReplicator(manual, now::get);
        List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
        for (int i = 0; i < LocalReplicator.MAX_WAITING; i++) {
            answers.add(slow.propose(Txn.of(new PutKey(Key.of("k"), Value.of("" + i)))));
        }

        CompletableFuture<CommandResult> refused = slow.propose(Txn.of(new PutKey(Key.of("late"), Value.of("1"))));

        assertThatThrownBy(() -> Outcome.await(refused)).isInstanceOfSatisfying(StoreOverloadedException.class,
                e -> assertThat(e.retryAfter()).isPositive());
        manual.runAll();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(slow.stateMachine().view().find(Key.of("late"))).isEmpty();
    }

    @Test
    void givesCommandsTheTimeOfTheClockWhichNeverRunsBack() {
        List<Instant> times = new ArrayList<>();
        StateMachine recording = new TimeRecorder(times);
        LocalReplicator direct = new LocalReplicator(recording, Runnable::run, now::get);

        direct.propose(Txn.of());
        now.set(START.plusSeconds(5));
        direct.propose(Txn.of());
        now.set(START);
        direct.propose(Txn.of());

        assertThat(times).containsExactly(START, START.plusSeconds(5), START.plusSeconds(5));
    }

    @Test
    void endsOverdueLeasesOnlyAtATick() {
        LocalReplicator direct = new LocalReplicator(Runnable::run, now::get);
        direct.propose(new GrantLease(new LeaseId(1), Duration.ofSeconds(5)));
        direct.propose(new GrantLease(new LeaseId(2), Duration.ofSeconds(6)));
        now.set(START.plusSeconds(5));
        assertThat(direct.stateMachine().leases()).hasSize(2);

        assertThat(direct.tick()).isCompletedWithValue(1);

        assertThat(direct.stateMachine().findLease(new LeaseId(1))).isEmpty();
        assertThat(direct.stateMachine().findLease(new LeaseId(2))).isPresent();
    }

    @Test
    void endsAnyNumberOfLeasesAtATick() {
        LocalReplicator direct = new LocalReplicator(Runnable::run, now::get);
        for (int i = 1; i <= 3 * RevokeLeases.MAX_LEASES; i++) {
            direct.propose(new GrantLease(new LeaseId(i), Duration.ofSeconds(5)));
        }
        now.set(START.plusSeconds(5));

        assertThat(direct.tick()).isCompletedWithValue(3 * RevokeLeases.MAX_LEASES);

        assertThat(direct.stateMachine().leases()).isEmpty();
    }

    @Test
    void leavesNobodyWaitingWhenItsExecutorIsGone() {
        LocalReplicator stopped = new LocalReplicator(_ -> {
            throw new RejectedExecutionException("stopped");
        }, now::get);

        assertThatThrownBy(() -> Outcome.await(stopped.propose(Txn.of())))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void leavesNobodyWaitingWhenTheReplicaFails() {
        ManualExecutor manual = new ManualExecutor();
        LocalReplicator broken = new LocalReplicator(new TimeRecorder(List.of()), manual, now::get);
        CompletableFuture<CommandResult> first = broken.propose(Txn.of());
        CompletableFuture<CommandResult> second = broken.propose(Txn.of());

        assertThatThrownBy(manual::runAll).isInstanceOf(UnsupportedOperationException.class);

        assertThat(first).isCompletedExceptionally();
        assertThatThrownBy(() -> Outcome.await(second)).isInstanceOf(StoreUnavailableException.class);
    }
}
