package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The store of a member whose replica is behind: how fresh reads wait, and what is passed on. */
class ReplicatedStoreTest {

    /** A replica that has what it was given, and a barrier that the test lets fall. */
    private static final class LaggingReplicator implements Replicator {
        private final StateMachine machine = StateMachine.empty();
        private final Queue<CompletableFuture<Void>> barriers = new ArrayDeque<>();

        void write(String key) {
            machine.apply(Instant.EPOCH, Txn.of(new PutKey(Key.of(key), Value.of("1"))));
        }

        @Override
        public CompletableFuture<CommandResult> propose(Command command) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)));
        }

        @Override
        public CompletableFuture<Void> readBarrier() {
            CompletableFuture<Void> barrier = new CompletableFuture<>();
            barriers.add(barrier);
            return barrier;
        }

        @Override
        public CompletableFuture<Optional<Duration>> timeToLive(LeaseId id) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
            return CompletableFuture.completedFuture(Set.copyOf(ids));
        }

        @Override
        public StateMachine stateMachine() {
            return machine;
        }

        @Override
        public void close() {}
    }

    private final LaggingReplicator replicator = new LaggingReplicator();
    private final Store store = new ReplicatedStore(replicator, Runnable::run);

    @Test
    void readsAtOnceWhatTheReplicaHas() {
        replicator.write("a");

        CompletableFuture<ReadView> view = store.viewNotBefore(new Revision(1));

        assertThat(view).isCompleted();
        assertThat(replicator.barriers).isEmpty();
    }

    @Test
    void waitsForWhatTheReplicaHasNotYet() {
        CompletableFuture<ReadView> view = store.viewNotBefore(new Revision(1));
        assertThat(view).isNotDone();

        replicator.write("a");
        replicator.barriers.remove().complete(null);

        assertThat(Outcome.await(view).revision()).isEqualTo(new Revision(1));
    }

    @Test
    void refusesARevisionThatIsStillAheadBehindTheBarrier() {
        CompletableFuture<ReadView> view = store.viewNotBefore(new Revision(2));
        replicator.write("a");
        replicator.barriers.remove().complete(null);

        assertThatThrownBy(() -> Outcome.await(view)).isInstanceOfSatisfying(RevisionAheadException.class,
                e -> assertThat(e.current()).isEqualTo(new Revision(1)));
    }

    @Test
    void showsInALinearizableViewWhatCameBeforeTheBarrierFell() {
        CompletableFuture<ReadView> view = store.linearizableView();
        replicator.write("a");
        replicator.barriers.remove().complete(null);

        assertThat(Outcome.await(view).find(Key.of("a"))).isPresent();
    }

    @Test
    void passesFailuresOn() {
        assertThatThrownBy(() -> Outcome.await(store.commit(Txn.of()))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> Outcome.await(store.revoke(new RevokeLeases(List.of()))))
                .isInstanceOf(StoreUnavailableException.class);
        CompletableFuture<ReadView> view = store.linearizableView();
        replicator.barriers.remove().completeExceptionally(new OutcomeUnknownException("no answer"));
        assertThatThrownBy(() -> Outcome.await(view)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void refusesTransactionsThatAreTooLargeBeforeTheyAreProposed() {
        assertThatThrownBy(() -> new Txn(Collections.nCopies(1025, Compare.absent(Key.of("k"))), List.of(),
                List.of())).isInstanceOf(InvalidCommandException.class).hasMessageStartingWith("compares is 1025");
    }
}
