package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.EDITOR;
import static dev.roster.server.coordination.CoordinationFixture.READER;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.coordination.Barriers.EndedArrival;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarriersTest {
    private static final Duration LONG = Duration.ofSeconds(25);
    private static final BarrierKey LOAD = new BarrierKey(SPACE, new ObjectName("load"));
    private static final Caller OTHER = new Caller("somebody", Role.APPLICATION, Caller.Means.TOKEN, "127.0.0.1", null);

    private final CoordinationFixture coordination = new CoordinationFixture();
    private final Barriers barriers = coordination.barriers;

    @AfterEach
    void close() {
        coordination.close();
    }

    @Test
    void opensWhenAllHaveArrivedAndStaysOpen() {
        SessionId session = coordination.open();

        BarrierStatus first = arrive("a", session, 2);
        BarrierStatus second = arrive("b", coordination.open(), 2);

        assertThat(first.phase()).isEqualTo(BarrierPhase.WAITING);
        assertThat(second).isEqualTo(new BarrierStatus(LOAD, BarrierPhase.OPEN, 2, 2, first.created(),
                coordination.local.revision()));
        assertThat(barriers.get(READER, LOAD).arrivals()).extracting(arrival -> arrival.id().value())
                .containsExactly("a", "b");
        coordination.sessions.end(APPLICATION, SPACE, session);
        assertThat(arrive("late", coordination.open(), 2).phase()).isEqualTo(BarrierPhase.OPEN);
        assertThat(barriers.get(READER, LOAD).status().standing()).as("who passes does not stand").isOne();
    }

    @Test
    void opensAtOnceForOneParty() {
        assertThat(arrive("a", coordination.open(), 1).phase()).isEqualTo(BarrierPhase.OPEN);
    }

    @Test
    void wakesAllWhoWaitWhenTheLastArrives() {
        CompletableFuture<BarrierStatus> one = waiting("a", coordination.open(), 3);
        CompletableFuture<BarrierStatus> two = waiting("b", coordination.open(), 3);
        awaitWaiting(2);

        BarrierStatus last = arrive("c", coordination.open(), 3);

        assertThat(one.join().phase()).isEqualTo(BarrierPhase.OPEN);
        assertThat(two.join().created()).isEqualTo(last.created());
        assertThat(arrivals("open")).isEqualTo(3);
    }

    @Test
    void countsARequestThatIsSentAgainOnce() {
        SessionId session = coordination.open();
        arrive("a", session, 2);

        assertThat(arrive("a", session, 2).standing()).isOne();

        assertThatThrownBy(() -> arrive("a", coordination.open(), 2)).isInstanceOf(ArrivalTakenException.class);
        assertThat(barriers.get(READER, LOAD).status().phase()).isEqualTo(BarrierPhase.WAITING);
    }

    @Test
    void countsAnArrivalOnceWhoseAnswerWasLost() {
        Barriers losing = over(answer -> answer.thenCompose(
                result -> CompletableFuture.failedFuture(new OutcomeUnknownException("the leader is gone"))));
        SessionId session = coordination.open();
        assertThatThrownBy(() -> losing.arrive(APPLICATION, LOAD, new ArrivalId("a"), session, 2, Duration.ZERO))
                .isInstanceOf(OutcomeUnknownException.class);

        assertThat(arrive("a", session, 2).standing()).isOne();
        assertThat(arrive("b", session, 2).phase()).isEqualTo(BarrierPhase.OPEN);
    }

    @Test
    void changesNothingWithoutALeader() {
        Barriers leaderless = new Barriers(new ForwardingStore(coordination.local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                return CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)));
            }
        }, coordination.sessions, coordination.room, coordination.local.clock, coordination.meters);
        SessionId session = coordination.open();

        assertThatThrownBy(() -> leaderless.arrive(APPLICATION, LOAD, new ArrivalId("a"), session, 2, Duration.ZERO))
                .isInstanceOf(StoreUnavailableException.class);

        assertThatThrownBy(() -> barriers.get(READER, LOAD)).isInstanceOf(BarrierNotFoundException.class);
    }

    @Test
    void isBrokenForAllWhenASessionLapses() {
        SessionId dying = coordination.open();
        arrive("dying", dying, 3);
        coordination.local.pass(CoordinationFixture.TTL.minusSeconds(1));
        SessionId living = coordination.open();
        CompletableFuture<BarrierStatus> waiting = waiting("living", living, 3);
        awaitWaiting(1);

        coordination.local.pass(Duration.ofSeconds(2));

        assertThatThrownBy(waiting::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(BarrierBrokenException.class);
        assertThatThrownBy(() -> arrive("late", living, 3)).isInstanceOf(BarrierBrokenException.class);
        assertThat(barriers.get(READER, LOAD).status().phase()).isEqualTo(BarrierPhase.BROKEN);
        assertThat(arrivals("broken")).isEqualTo(2);
    }

    @Test
    void tellsOneWhoseSessionEndsThatItHasEnded() {
        SessionId session = coordination.open();
        CompletableFuture<BarrierStatus> waiting = waiting("a", session, 2);
        awaitWaiting(1);

        coordination.sessions.end(APPLICATION, SPACE, session);

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> arrive("b", session, 2)).isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void isBrokenByOneWhoGivesUp() {
        SessionId session = coordination.open();
        arrive("a", session, 3);
        CompletableFuture<BarrierStatus> waiting = waiting("b", session, 3);
        awaitWaiting(1);

        EndedArrival left = leave("a");

        assertThat(left.status().phase()).isEqualTo(BarrierPhase.BROKEN);
        assertThat(left.wasOfCaller()).isTrue();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(BarrierBrokenException.class);
        assertThatThrownBy(() -> leave("a")).isInstanceOf(ArrivalNotFoundException.class);
    }

    @Test
    void stripsNobodyOfAPassageByLeaving() {
        SessionId session = coordination.open();
        arrive("a", session, 2);
        arrive("b", session, 2);

        assertThat(leave("a").status().phase()).isEqualTo(BarrierPhase.OPEN);
        assertThat(arrive("a", session, 2).phase()).isEqualTo(BarrierPhase.OPEN);
    }

    @Test
    void doesNotOpenWhenOneGoesAsTheLastArrives() {
        SessionId going = coordination.open();
        arrive("going", going, 2);
        AtomicInteger commits = new AtomicInteger();
        Barriers racing = new Barriers(new ForwardingStore(coordination.local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (commits.getAndIncrement() == 0) {
                    coordination.sessions.end(APPLICATION, SPACE, going);
                }
                return super.commit(txn);
            }
        }, coordination.sessions, coordination.room, coordination.local.clock, coordination.meters);

        assertThatThrownBy(() -> racing.arrive(APPLICATION, LOAD, new ArrivalId("last"), coordination.open(), 2,
                Duration.ZERO)).isInstanceOf(BarrierBrokenException.class);

        assertThat(commits).hasValue(1);
    }

    @Test
    void refusesAnotherNumberOfParties() {
        SessionId session = coordination.open();
        arrive("a", session, 2);

        assertThatThrownBy(() -> arrive("b", session, 3)).isInstanceOfSatisfying(PartiesMismatchException.class,
                e -> assertThat(e.parties()).isEqualTo(2));
        assertThatThrownBy(() -> arrive("b", session, 0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> arrive("b", session, Barriers.MAX_PARTIES + 1))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> barriers.arrive(READER, LOAD, new ArrivalId("b"), session, 2, Duration.ZERO))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> barriers.arrive(OTHER, LOAD, new ArrivalId("b"), session, 2, Duration.ZERO))
                .isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void isRemovedWhenNobodyStandsAtIt() {
        SessionId session = coordination.open();
        arrive("a", session, 2);
        assertThatThrownBy(() -> barriers.remove(APPLICATION, LOAD)).isInstanceOfSatisfying(
                BarrierInUseException.class, e -> assertThat(e.standing()).isOne());
        leave("a");
        assertThatThrownBy(() -> arrive("b", session, 2)).isInstanceOf(BarrierBrokenException.class);

        barriers.remove(APPLICATION, LOAD);

        assertThatThrownBy(() -> barriers.remove(APPLICATION, LOAD)).isInstanceOf(BarrierNotFoundException.class);
        assertThat(arrive("b", session, 5).phase()).as("another one").isEqualTo(BarrierPhase.WAITING);
    }

    @Test
    void listsByName() {
        SessionId session = coordination.open();
        for (String name : List.of("b1", "b2", "b3", "a1")) {
            barriers.arrive(APPLICATION, new BarrierKey(SPACE, new ObjectName(name)), new ArrivalId("x"), session,
                    name.equals("b2") ? 1 : 2, Duration.ZERO);
        }

        BarrierPage first = barriers.list(READER, SPACE, "b", 2, null);
        arrive("later", session, 1);
        BarrierPage second = barriers.list(READER, SPACE, "b", 2,
                new BarrierPage.Position(first.revision(), new ObjectName("b2")));

        assertThat(first.barriers()).extracting(status -> status.barrier().name().value()).containsExactly("b1", "b2");
        assertThat(first.barriers()).extracting(BarrierStatus::phase).containsExactly(BarrierPhase.WAITING,
                BarrierPhase.OPEN);
        assertThat(first.more()).isTrue();
        assertThat(second.barriers()).extracting(status -> status.barrier().name().value()).containsExactly("b3");
        assertThat(second.revision()).isEqualTo(first.revision());
        assertThat(second.more()).isFalse();
        assertThat(barriers.list(READER, SPACE, "", 10, null).barriers()).hasSize(5);
        assertThat(barriers.list(READER, SPACE, "b", 2,
                new BarrierPage.Position(first.revision(), new ObjectName("a1"))).barriers())
                .as("a cursor before the prefix").hasSize(2);
        assertThat(barriers.list(READER, SPACE, "b", 2,
                new BarrierPage.Position(first.revision(), new ObjectName("c1"))).barriers())
                .as("a cursor behind the prefix").isEmpty();
        assertThatThrownBy(() -> barriers.list(READER, SPACE, "/", 1, null))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("prefix is not valid");
    }

    @Test
    void letsAnEditorSendSomebodyAway() {
        arrive("a", coordination.open(), 2);
        assertThatThrownBy(() -> barriers.leave(OTHER, LOAD, new ArrivalId("a")))
                .isInstanceOf(ForbiddenException.class);

        EndedArrival ended = barriers.leave(EDITOR, LOAD, new ArrivalId("a"));

        assertThat(ended.wasOfCaller()).isFalse();
        assertThat(ended.arrival().owner()).isEqualTo(APPLICATION.name());
        assertThat(ended.status().phase()).isEqualTo(BarrierPhase.BROKEN);
    }

    /** As many as may come, each of them waiting: nobody is woken before the last. */
    @Test
    void takesAsManyPartiesAsMayBe() {
        SessionId session = coordination.open();
        for (int i = 1; i < Barriers.MAX_PARTIES; i++) {
            assertThat(arrive("p" + i, session, Barriers.MAX_PARTIES).phase()).isEqualTo(BarrierPhase.WAITING);
        }

        assertThat(arrive("last", session, Barriers.MAX_PARTIES).phase()).isEqualTo(BarrierPhase.OPEN);
    }

    /** Arrivals, departures, ends of sessions and removals at random, against a set of those who stand. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsASetOfParties(long seed) {
        Random random = new Random(seed);
        int parties = 3;
        List<SessionId> sessions = new ArrayList<>(List.of(coordination.open(), coordination.open()));
        Set<String> standing = new HashSet<>();
        BarrierPhase phase = BarrierPhase.WAITING;
        boolean there = false;
        int opened = 0;
        int broken = 0;
        for (int step = 0; step < 600; step++) {
            String as = "seed %d, step %d".formatted(seed, step);
            int which = random.nextInt(sessions.size());
            String name = "s" + which + "-" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 -> {
                    coordination.sessions.end(APPLICATION, SPACE, sessions.set(which, coordination.open()));
                    phase = goes(phase, standing.removeIf(arrival -> arrival.startsWith("s" + which + "-")));
                }
                case 1 -> {
                    if (standing.remove(name)) {
                        phase = goes(phase, true);
                        assertThat(leave(name).status().phase()).as(as).isEqualTo(phase);
                    }
                }
                case 2 -> {
                    if (there && standing.isEmpty()) {
                        barriers.remove(APPLICATION, LOAD);
                        opened += phase == BarrierPhase.OPEN ? 1 : 0;
                        broken += phase == BarrierPhase.BROKEN ? 1 : 0;
                        there = false;
                        phase = BarrierPhase.WAITING;
                    }
                }
                default -> {
                    if (phase == BarrierPhase.BROKEN) {
                        assertThatThrownBy(() -> arrive(name, sessions.get(which), parties)).as(as)
                                .isInstanceOf(BarrierBrokenException.class);
                    } else {
                        there = true;
                        if (phase == BarrierPhase.WAITING) {
                            standing.add(name);
                            phase = standing.size() == parties ? BarrierPhase.OPEN : phase;
                        }
                        assertThat(arrive(name, sessions.get(which), parties).phase()).as(as).isEqualTo(phase);
                    }
                }
            }
            if (there) {
                BarrierView view = barriers.get(READER, LOAD);
                assertThat(view.status().phase()).as(as).isEqualTo(phase);
                assertThat(view.arrivals()).extracting(arrival -> arrival.id().value()).as(as)
                        .containsExactlyInAnyOrderElementsOf(standing);
            }
        }
        assertThat(opened).as("seed %d", seed).isPositive();
        assertThat(broken).as("seed %d", seed).isPositive();
    }

    private static BarrierPhase goes(BarrierPhase phase, boolean gone) {
        return gone && phase == BarrierPhase.WAITING ? BarrierPhase.BROKEN : phase;
    }

    private Barriers over(UnaryOperator<CompletableFuture<TxnResult>> answer) {
        return new Barriers(new ForwardingStore(coordination.local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                return answer.apply(super.commit(txn));
            }
        }, coordination.sessions, coordination.room, coordination.local.clock, coordination.meters);
    }

    private BarrierStatus arrive(String arrival, SessionId session, int parties) {
        return barriers.arrive(APPLICATION, LOAD, new ArrivalId(arrival), session, parties, Duration.ZERO);
    }

    private CompletableFuture<BarrierStatus> waiting(String arrival, SessionId session, int parties) {
        return CompletableFuture.supplyAsync(
                () -> barriers.arrive(APPLICATION, LOAD, new ArrivalId(arrival), session, parties, LONG),
                task -> Thread.ofVirtual().start(task));
    }

    private void awaitWaiting(int count) {
        Awaitility.await("each waits on its own thread").atMost(LONG)
                .until(() -> coordination.meters.get("roster.coordination.waiting").gauge().value() == count);
    }

    private EndedArrival leave(String arrival) {
        return barriers.leave(APPLICATION, LOAD, new ArrivalId(arrival));
    }

    private double arrivals(String outcome) {
        return coordination.meters.get("roster.coordination.arrivals").tag("outcome", outcome).counter().count();
    }
}
