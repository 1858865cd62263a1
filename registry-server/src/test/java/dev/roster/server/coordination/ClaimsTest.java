package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.EDITOR;
import static dev.roster.server.coordination.CoordinationFixture.READER;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static dev.roster.server.coordination.CoordinationFixture.lock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Duration LONG = Duration.ofSeconds(25);
    private static final ClaimTarget NIGHTLY = lock("nightly");

    private final CoordinationFixture coordination = new CoordinationFixture();

    @AfterEach
    void close() {
        coordination.close();
    }

    @Test
    void grantsInTheOrderOfClaimsWhateverTheirNames() {
        SessionId session = coordination.open();
        List<Long> tokens = new ArrayList<>();
        for (String claim : List.of("z", "a", "m")) {
            coordination.claim(NIGHTLY, claim, session);
        }

        for (String claim : List.of("z", "a", "m")) {
            ClaimStatus status = coordination.claim(NIGHTLY, claim, session);
            assertThat(status.isHeld()).as(claim).isTrue();
            tokens.add(status.claim().created());
            coordination.release(NIGHTLY, claim);
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
        assertThat(coordination.line(NIGHTLY).claims()).isEmpty();
    }

    @Test
    void tellsThePlaceInTheQueue() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        coordination.claim(NIGHTLY, "b", coordination.open());

        ClaimStatus third = coordination.claim(NIGHTLY, "c", coordination.open());

        assertThat(third.isHeld()).isFalse();
        assertThat(third.position()).isEqualTo(2);
        assertThat(third.line().claims()).extracting(claim -> claim.id().value()).containsExactly("a", "b", "c");
    }

    @Test
    void isTheSameClaimWhenARequestIsSentAgain() {
        SessionId session = coordination.open();
        long first = coordination.claim(NIGHTLY, "a", session).claim().created();
        long revision = coordination.local.revision();

        assertThat(coordination.claim(NIGHTLY, "a", session).claim().created()).isEqualTo(first);
        assertThat(coordination.tryClaim(NIGHTLY, "a", session).isHeld()).isTrue();

        assertThat(coordination.local.revision()).isEqualTo(revision);
        assertThatThrownBy(() -> coordination.claim(NIGHTLY, "a", coordination.open()))
                .isInstanceOf(ClaimTakenException.class);
    }

    @Test
    void refusesWhoDoesNotWantToWaitAndLeavesNothingBehind() {
        SessionId session = coordination.open();
        coordination.tryClaim(NIGHTLY, "a", session);

        assertThatThrownBy(() -> coordination.tryClaim(NIGHTLY, "b", session))
                .isInstanceOf(AlreadyHeldException.class);
        assertThat(coordination.line(NIGHTLY).claims()).hasSize(1);

        coordination.release(NIGHTLY, "a");
        assertThat(coordination.tryClaim(NIGHTLY, "b", session).isHeld()).isTrue();
    }

    @Test
    void givesUpAllThatASessionHoldsAtOneRevision() {
        SessionId dying = coordination.open();
        SessionId living = coordination.open();
        for (String name : List.of("one", "two", "three")) {
            coordination.claim(lock(name), "first", dying);
            coordination.claim(lock(name), "second", living);
        }
        coordination.local.pass(CoordinationFixture.TTL.minusSeconds(1));
        coordination.sessions.keepAlive(APPLICATION, SPACE, living);
        long before = coordination.local.revision();

        coordination.local.pass(Duration.ofSeconds(1));

        assertThat(coordination.local.revision()).isEqualTo(before + 1);
        for (String name : List.of("one", "two", "three")) {
            assertThat(coordination.line(lock(name)).isHeld(new ClaimId("second"))).isTrue();
        }
        assertThatThrownBy(() -> coordination.sessions.keepAlive(APPLICATION, SPACE, dying))
                .isInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> coordination.claim(NIGHTLY, "a", dying)).isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void endsASessionByRequest() {
        SessionId session = coordination.open();
        coordination.claim(NIGHTLY, "a", session);

        OpenSession ended = coordination.sessions.end(APPLICATION, SPACE, session);

        assertThat(ended.revision()).isEqualTo(coordination.local.revision());
        assertThat(coordination.line(NIGHTLY).claims()).isEmpty();
        assertThat(coordination.local.leases()).isZero();
        assertThatThrownBy(() -> coordination.sessions.end(APPLICATION, SPACE, session))
                .isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void wakesTheNextWhenTheHolderReleases() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        SessionId waiting = coordination.open();
        CompletableFuture<ClaimStatus> next = CompletableFuture.supplyAsync(() -> coordination.claims.claim(APPLICATION,
                NIGHTLY, new ClaimId("b"), ClaimTerms.exclusive(waiting, true, ""), LONG));
        awaitWaiting(1);

        coordination.release(NIGHTLY, "a");

        assertThat(next.join().isHeld()).isTrue();
        awaitWaiting(0);
    }

    @Test
    void wakesTheNextWhenTheSessionOfTheHolderEnds() {
        SessionId dying = coordination.open();
        coordination.claim(NIGHTLY, "a", dying);
        SessionId waiting = coordination.open();
        CompletableFuture<ClaimStatus> next = CompletableFuture.supplyAsync(() -> coordination.claims.claim(APPLICATION,
                NIGHTLY, new ClaimId("b"), ClaimTerms.exclusive(waiting, true, ""), LONG));
        awaitWaiting(1);

        coordination.sessions.end(APPLICATION, SPACE, dying);

        assertThat(next.join().isHeld()).isTrue();
    }

    @Test
    void goesOnWaitingWhenOneInBetweenLeaves() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        coordination.claim(NIGHTLY, "b", coordination.open());
        SessionId waiting = coordination.open();
        CompletableFuture<ClaimStatus> last = CompletableFuture.supplyAsync(() -> coordination.claims.claim(APPLICATION,
                NIGHTLY, new ClaimId("c"), ClaimTerms.exclusive(waiting, true, ""), LONG));
        awaitWaiting(1);

        coordination.release(NIGHTLY, "b");
        Awaitility.await("it looks again").until(
                () -> coordination.line(NIGHTLY).claims().size() == 2 && !last.isDone());
        coordination.release(NIGHTLY, "a");

        assertThat(last.join().isHeld()).isTrue();
    }

    @Test
    void tellsWhoWaitsThatItsSessionHasEnded() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        SessionId dying = coordination.open();
        CompletableFuture<ClaimStatus> waiting = CompletableFuture.supplyAsync(() -> coordination.claims
                .claim(APPLICATION, NIGHTLY, new ClaimId("b"), ClaimTerms.exclusive(dying, true, ""), LONG));
        awaitWaiting(1);

        coordination.sessions.end(EDITOR, SPACE, dying);

        assertThatThrownBy(waiting::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void tellsWhoWaitsThatItsClaimWasTakenAway() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        SessionId session = coordination.open();
        CompletableFuture<ClaimStatus> waiting = CompletableFuture.supplyAsync(() -> coordination.claims
                .claim(APPLICATION, NIGHTLY, new ClaimId("b"), ClaimTerms.exclusive(session, true, ""), LONG));
        awaitWaiting(1);

        coordination.claims.end(EDITOR, NIGHTLY, new ClaimId("b"));

        assertThatThrownBy(waiting::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ClaimNotFoundException.class);
    }

    @Test
    void keepsThePlaceOfWhoHasWaitedLongEnough() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        SessionId session = coordination.open();

        ClaimStatus waited = coordination.claims.claim(APPLICATION, NIGHTLY, new ClaimId("b"),
                ClaimTerms.exclusive(session, true, ""), Duration.ofMillis(1));

        assertThat(waited.position()).isEqualTo(1);
        coordination.claim(NIGHTLY, "c", coordination.open());
        coordination.release(NIGHTLY, "a");
        assertThat(coordination.line(NIGHTLY).isHeld(new ClaimId("b"))).isTrue();
    }

    @Test
    void letsTheHolderAloneSaySomethingToOthers() {
        ClaimTarget chief = new ClaimTarget(ClaimKind.ELECTION, SPACE, new ObjectName("chief"));
        SessionId session = coordination.open();
        ClaimStatus leader = coordination.claims.claim(APPLICATION, chief, new ClaimId("a"),
                ClaimTerms.exclusive(session, true, "one"), Duration.ZERO);
        coordination.claim(chief, "b", session);

        ClaimStatus proclaimed = coordination.claims.proclaim(APPLICATION, chief, new ClaimId("a"), "two");

        assertThat(leader.claim().value()).isEqualTo("one");
        assertThat(proclaimed.claim().value()).isEqualTo("two");
        assertThat(proclaimed.claim().created()).isEqualTo(leader.claim().created());
        assertThatThrownBy(() -> coordination.claims.proclaim(APPLICATION, chief, new ClaimId("b"), "x"))
                .isInstanceOf(NotHeldException.class);
        assertThatThrownBy(() -> coordination.claims.proclaim(APPLICATION, chief, new ClaimId("c"), "x"))
                .isInstanceOf(ClaimNotFoundException.class);
    }

    @Test
    void letsObserversWaitForAnotherLeader() {
        SessionId session = coordination.open();
        coordination.claim(NIGHTLY, "a", session);
        List<StandingClaim> seen = coordination.line(NIGHTLY).claims();
        CompletableFuture<ClaimLine> other = CompletableFuture.supplyAsync(() -> coordination.claims.awaitChange(READER,
                NIGHTLY, line -> line.claims().equals(seen), LONG));
        awaitWaiting(1);

        coordination.release(NIGHTLY, "a");

        assertThat(other.join().claims()).isEmpty();
    }

    @Test
    void lendsASessionToNobodyElse() {
        Caller other = new Caller("mallory", Role.APPLICATION, Caller.Means.TOKEN, "127.0.0.1", null);
        SessionId session = coordination.open();
        coordination.claim(NIGHTLY, "a", session);

        assertThatThrownBy(() -> coordination.sessions.keepAlive(other, SPACE, session))
                .isInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> coordination.claims.claim(other, NIGHTLY, new ClaimId("b"),
                ClaimTerms.exclusive(session, true, ""), Duration.ZERO)).isInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> coordination.sessions.end(other, SPACE, session))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> coordination.claims.end(other, NIGHTLY, new ClaimId("a")))
                .isInstanceOf(ForbiddenException.class);
        assertThat(coordination.line(NIGHTLY).claims()).hasSize(1);
    }

    @Test
    void letsAnEditorBreakALock() {
        coordination.claim(NIGHTLY, "a", coordination.open());
        coordination.claim(NIGHTLY, "b", coordination.open());

        Claims.EndedClaim broken = coordination.claims.end(EDITOR, NIGHTLY, new ClaimId("a"));

        assertThat(broken.wasOfCaller()).isFalse();
        assertThat(broken.claim().owner()).isEqualTo(APPLICATION.name());
        assertThat(coordination.line(NIGHTLY).isHeld(new ClaimId("b"))).isTrue();
        assertThatThrownBy(() -> coordination.claims.end(EDITOR, NIGHTLY, new ClaimId("a")))
                .isInstanceOf(ClaimNotFoundException.class);
    }

    @Test
    void letsReadersReadOnly() {
        assertThatThrownBy(() -> coordination.sessions.open(READER, SPACE, CoordinationFixture.TTL, ""))
                .isInstanceOf(ForbiddenException.class);
        SessionId session = coordination.open();
        assertThatThrownBy(() -> coordination.claims.claim(Callers.of(Role.READER), NIGHTLY, new ClaimId("a"),
                ClaimTerms.exclusive(session, true, ""), Duration.ZERO)).isInstanceOf(ForbiddenException.class);
        assertThat(coordination.line(NIGHTLY).claims()).isEmpty();
    }

    @Test
    void boundsWhatIsAskedFor() {
        assertThatThrownBy(() -> new ObjectName("a/b")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new ObjectName("x".repeat(129))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new ClaimId("!")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new SessionId("0".repeat(16))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> coordination.sessions.open(APPLICATION, SPACE, Duration.ofMillis(999), ""))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> coordination.sessions.open(APPLICATION, SPACE, Duration.ofHours(2), ""))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> ClaimTerms.exclusive(coordination.open(), true, "x".repeat(4097)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void letsSoManyClaimANameAndNoMore() {
        SessionId session = coordination.open();
        for (int i = 0; i < Claims.MAX_CLAIMS; i++) {
            coordination.claim(NIGHTLY, "c" + i, session);
        }

        assertThatThrownBy(() -> coordination.claim(NIGHTLY, "more", session))
                .isInstanceOf(TooManyClaimsException.class);
        assertThat(coordination.claim(NIGHTLY, "c5", session).position()).isEqualTo(5);
    }

    @Test
    void listsWhatIsClaimedByName() {
        SessionId session = coordination.open();
        for (String name : List.of("b", "a-b", "a", "c")) {
            coordination.claim(lock(name), "1", session);
        }
        coordination.claim(lock("a"), "2", session);

        ClaimPage first = coordination.directory.list(READER, ClaimKind.LOCK, SPACE, "", 2, null);
        ClaimPage second = coordination.directory.list(READER, ClaimKind.LOCK, SPACE, "", 2,
                new ClaimPage.Position(first.revision(), new ObjectName("a-b")));

        assertThat(first.lines()).extracting(line -> line.target().name().value()).containsExactly("a", "a-b");
        assertThat(first.lines().getFirst().claims()).hasSize(2);
        assertThat(first.more()).isTrue();
        assertThat(second.lines()).extracting(line -> line.target().name().value()).containsExactly("b", "c");
        assertThat(second.more()).isFalse();
        assertThat(coordination.directory.list(READER, ClaimKind.LOCK, SPACE, "a-", 9, null).lines()).hasSize(1);
        assertThat(coordination.directory.list(READER, ClaimKind.ELECTION, SPACE, "", 9, null).lines()).isEmpty();
    }

    private void awaitWaiting(int requests) {
        Awaitility.await("a request waits on its own thread").atMost(LONG)
                .until(() -> coordination.meters.get("roster.coordination.waiting").gauge().value() == requests);
    }
}
