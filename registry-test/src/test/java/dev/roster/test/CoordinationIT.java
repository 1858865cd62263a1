package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierPhase;
import dev.roster.api.coordination.BarrierState;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.client.ClaimKind;
import dev.roster.client.ClaimLostException;
import dev.roster.client.ClaimSpec;
import dev.roster.client.CoordinationOperations;
import dev.roster.client.HeldClaim;
import dev.roster.client.PageRequest;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Locks of the client with the real server: that both mean the same by the API. */
class CoordinationIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TTL = Duration.ofSeconds(3);

    @RegisterExtension
    static final RosterServerExtension ROSTER = new RosterServerExtension().withSystemProperties();

    private final CoordinationOperations coordination = ROSTER.client().coordination();

    @Test
    void takesTurnsAtALock() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one");
                SessionKeeper two = ROSTER.client().keepSession(TTL, "two")) {
            ClaimSpec lock = ClaimSpec.lock("turns");
            HeldClaim first = one.claim(lock);
            assertThat(first.verify()).isTrue();
            assertThat(two.tryClaim(lock, Duration.ZERO)).isEmpty();
            assertThat(two.tryClaim(lock, Duration.ofMillis(50))).isEmpty();
            assertThat(coordination.claims(ClaimKind.LOCK, "turns").claims()).hasSize(1);
            CompletableFuture<HeldClaim> next = CompletableFuture.supplyAsync(() -> claim(two, lock));
            await().atMost(SOON).until(() -> coordination.claims(ClaimKind.LOCK, "turns").claims().size() == 2);

            first.release();

            assertThat(next.join().fencingToken()).isGreaterThan(first.fencingToken());
            assertThat(first.verify()).isFalse();
            assertThat(coordination.claimed(ClaimKind.LOCK, PageRequest.first().withPrefix("turns")).items())
                    .singleElement().satisfies(summary -> assertThat(summary.held()).isOne());
        }
        await().atMost(SOON).until(() -> coordination.claims(ClaimKind.LOCK, "turns").claims().isEmpty());
    }

    @Test
    void knowsThatItHasLostALockBeforeAnotherOneHasIt() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one")) {
            HeldClaim held = one.claim(ClaimSpec.lock("lost"));
            CompletableFuture<Boolean> told = new CompletableFuture<>();
            held.onLoss(() -> told.complete(held.isHeld()));

            coordination.endSession(held.sessionId());

            assertThat(told.join()).isFalse();
            assertThatThrownBy(held::release).isInstanceOf(ClaimLostException.class);
            HeldClaim again = one.claim(ClaimSpec.lock("lost"));
            assertThat(again.sessionId()).isNotEqualTo(held.sessionId());
            assertThat(again.fencingToken()).isGreaterThan(held.fencingToken());
        }
    }

    @Test
    void outlivesARestartOfTheServer() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(Duration.ofSeconds(60), "one")) {
            HeldClaim held = one.claim(ClaimSpec.lock("restart"));

            ROSTER.process().kill();
            ROSTER.process().restart();

            await().atMost(SOON).ignoreExceptions().until(held::verify);
            held.release();
        }
    }

    @Test
    void electsALeaderWhoSaysSomething() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one")) {
            Optional<HeldClaim> leader = one.tryClaim(ClaimSpec.election("chief", "here"), Duration.ofSeconds(1));

            Claim claim = coordination.claims(ClaimKind.ELECTION, "chief").claims().get(0);
            assertThat(claim.value()).isEqualTo("here");
            assertThat(coordination.proclaim("chief", claim.claim(), "there").fencingToken())
                    .isEqualTo(leader.orElseThrow().fencingToken());
        }
    }

    @Test
    void sharesPermits() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one")) {
            HeldClaim two = one.claim(ClaimSpec.permits("pool", 2, 3));

            ClaimQueue pool = coordination.claims(ClaimKind.SEMAPHORE, "pool");
            assertThat(pool.available()).isOne();
            assertThatThrownBy(() -> one.claim(ClaimSpec.permits("pool", 1, 4))).isInstanceOfSatisfying(
                    RosterRejectedException.class, e -> assertThat(e.is("limit-mismatch")).isTrue());
            two.release();
            assertThat(coordination.defineSemaphore("pool", 5).available()).isEqualTo(5);
            coordination.removeSemaphore("pool");
        }
    }

    @Test
    void waitsAtABarrierForAllOthers() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one");
                SessionKeeper two = ROSTER.client().keepSession(TTL, "two")) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> awaitAt(one, "together", 2));
            await().atMost(SOON).until(() -> coordination.barrier("together").isPresent());
            assertThat(coordination.barrier("together").orElseThrow().phase()).isEqualTo(BarrierPhase.WAITING);

            two.awaitBarrier("together", 2, SOON);

            first.join();
            one.awaitBarrier("together", 2, Duration.ZERO);
            Barrier barrier = coordination.barrier("together").orElseThrow();
            assertThat(barrier.phase()).isEqualTo(BarrierPhase.OPEN);
            assertThat(barrier.arrivals()).isEmpty();
            assertThat(coordination.barriers(PageRequest.first().withPrefix("tog")).items())
                    .extracting(BarrierState::name).containsExactly("together");
            assertThat(coordination.removeBarrier("together")).isTrue();
            assertThat(coordination.removeBarrier("together")).isFalse();
        }
    }

    @Test
    void breaksABarrierForAllWhenOneGivesUpOrDies() throws Exception {
        try (SessionKeeper one = ROSTER.client().keepSession(TTL, "one");
                SessionKeeper two = ROSTER.client().keepSession(TTL, "two")) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> awaitAt(one, "apart", 3));
            await().atMost(SOON).until(() -> coordination.barrier("apart").isPresent());

            assertThatThrownBy(() -> two.awaitBarrier("apart", 3, Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class);

            assertThatThrownBy(first::join).hasRootCauseInstanceOf(BrokenBarrierException.class);
            assertThatThrownBy(() -> two.awaitBarrier("apart", 3, SOON)).isInstanceOf(BrokenBarrierException.class);
            assertThatThrownBy(() -> two.awaitBarrier("apart", 4, SOON)).isInstanceOfSatisfying(
                    RosterRejectedException.class, e -> assertThat(e.is("parties-mismatch")).isTrue());
            assertThat(coordination.removeBarrier("apart")).isTrue();

            CompletableFuture<Void> again = CompletableFuture.runAsync(() -> awaitAt(one, "apart", 2));
            await().atMost(SOON).until(() -> coordination.barrier("apart").isPresent());
            coordination.endSession(one.sessionId().orElseThrow());
            assertThatThrownBy(() -> two.awaitBarrier("apart", 2, SOON)).isInstanceOf(BrokenBarrierException.class);
            assertThatThrownBy(again::join).hasRootCauseInstanceOf(BrokenBarrierException.class);
        }
    }

    private static void awaitAt(SessionKeeper keeper, String barrier, int parties) {
        try {
            keeper.awaitBarrier(barrier, parties, SOON);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    private static HeldClaim claim(SessionKeeper keeper, ClaimSpec spec) {
        try {
            return keeper.claim(spec);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
