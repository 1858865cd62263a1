package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Waiting for the store: failures arrive as they are, interruption is kept. */
class OutcomeTest {

    @Test
    void returnsTheResult() {
        assertThat(Outcome.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
    }

    @Test
    void throwsTheStoresOwnException() {
        LeaseNotFoundException failure = new LeaseNotFoundException(new LeaseId(7));

        assertThatThrownBy(() -> Outcome.await(CompletableFuture.failedFuture(failure))).isSameAs(failure);
    }

    @Test
    void throwsTheStoresOwnExceptionAlsoWhenItPassedThroughOtherStages() {
        LeaseNotFoundException failure = new LeaseNotFoundException(new LeaseId(7));
        CompletableFuture<String> mapped = CompletableFuture.<String>failedFuture(failure).thenApply(s -> s);

        assertThatThrownBy(() -> Outcome.await(mapped)).isSameAs(failure);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Outcome.await(new CompletableFuture<>())).isInstanceOf(OutcomeUnknownException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenCancelled() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);

        assertThatThrownBy(() -> Outcome.await(cancelled)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void throwsErrorsAsTheyAre() {
        Error error = new AssertionError("no");

        assertThatThrownBy(() -> Outcome.await(CompletableFuture.failedFuture(error))).isSameAs(error);
    }

    @Test
    void refusesToHideCheckedExceptions() {
        assertThatThrownBy(() -> Outcome.await(CompletableFuture.failedFuture(new IOException("x"))))
                .isInstanceOf(IllegalStateException.class).hasRootCauseInstanceOf(IOException.class);
    }
}
