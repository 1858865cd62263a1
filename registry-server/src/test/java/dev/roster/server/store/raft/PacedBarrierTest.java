package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PacedBarrierTest {

    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private final PacedBarrier barrier = new PacedBarrier(() -> {
        begun.add(new CompletableFuture<>());
        return begun.getLast();
    });

    @Test
    void beginsOneForTheFirstAtOnce() {
        CompletableFuture<Void> first = barrier.next();

        assertThat(begun).hasSize(1);
        begun.getFirst().complete(null);
        assertThat(first).isCompleted();
    }

    @Test
    void sharesOneAmongAllThatHaveAskedBeforeItBegan() {
        CompletableFuture<Void> first = barrier.next();
        CompletableFuture<Void> one = barrier.next();
        CompletableFuture<Void> two = barrier.next();
        assertThat(begun).hasSize(1);

        barrier.tick();
        CompletableFuture<Void> late = barrier.next();
        assertThat(begun).hasSize(2);
        begun.getLast().complete(null);

        assertThat(first).isNotDone();
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(late).isNotDone();
        barrier.tick();
        begun.getLast().complete(null);
        assertThat(late).isCompleted();
    }

    @Test
    void beginsOneAtOnceAgainAfterATickThatNobodyWaitedFor() {
        barrier.next();
        barrier.tick();

        barrier.next();

        assertThat(begun).hasSize(2);
    }

    @Test
    void sharesNoneThatTakesNoTime() {
        PacedBarrier free = new PacedBarrier(() -> CompletableFuture.completedFuture(null));

        assertThat(free.next()).isCompleted();
        assertThat(free.next()).isCompleted();
    }

    @Test
    void beginsNoneThatNobodyWaitsFor() {
        barrier.tick();

        assertThat(begun).isEmpty();
    }

    @Test
    void leavesNobodyWaitingWhenItIsClosed() {
        barrier.next();
        CompletableFuture<Void> one = barrier.next();

        barrier.close();

        assertThat(one).isCompletedExceptionally();
        assertThat(barrier.next()).isCompletedExceptionally();
    }

    @Test
    void failsWithTheBarrier() {
        CompletableFuture<Void> first = barrier.next();
        CompletableFuture<Void> one = barrier.next();
        barrier.tick();

        begun.forEach(failing -> failing.completeExceptionally(new IllegalStateException("no leader")));

        assertThat(first).isCompletedExceptionally();
        assertThat(one).isCompletedExceptionally();
    }
}
