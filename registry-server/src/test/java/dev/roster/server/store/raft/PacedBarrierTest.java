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
    void sharesOneAmongAllThatHaveAskedBeforeItBegan() {
        CompletableFuture<Void> one = barrier.next();
        CompletableFuture<Void> two = barrier.next();
        assertThat(begun).isEmpty();

        barrier.tick();
        CompletableFuture<Void> late = barrier.next();
        begun.getFirst().complete(null);

        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(late).isNotDone();
        barrier.tick();
        begun.getLast().complete(null);
        assertThat(late).isCompleted();
    }

    @Test
    void beginsNoneThatNobodyWaitsFor() {
        barrier.tick();

        assertThat(begun).isEmpty();
    }

    @Test
    void leavesNobodyWaitingWhenItIsClosed() {
        CompletableFuture<Void> one = barrier.next();

        barrier.close();

        assertThat(one).isCompletedExceptionally();
        assertThat(barrier.next()).isCompletedExceptionally();
    }

    @Test
    void failsWithTheBarrier() {
        CompletableFuture<Void> one = barrier.next();
        barrier.tick();

        begun.getFirst().completeExceptionally(new IllegalStateException("no leader"));

        assertThat(one).isCompletedExceptionally();
    }
}
