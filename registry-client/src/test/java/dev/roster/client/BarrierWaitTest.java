package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One who waits at a barrier, against a scripted server. What time is measured by stands still until a test moves it. */
class BarrierWaitTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BASE = "/api/v1/namespaces/default";
    private static final Answer UNREACHABLE = Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"");

    private final AtomicLong nanos = new AtomicLong(-5);
    private StubServer server;
    private RosterClient client;
    private SessionKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer().next(session(1)).otherwise(barrier(200, "open"));
        client = RosterClient.builder().address(server.address()).nanos(nanos::get).pause(duration -> {})
                .retryFor(Duration.ZERO).build();
        keeper = client.keepSession(TTL, "test");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static Answer session(int number) {
        return Answer.json(201, """
                {"namespace": "default", "id": "00000000000000a%d", "ttl": "PT1M", "name": "test", "owner": "o",
                 "openedAt": "2026-01-02T03:04:05Z", "revision": 1}""".formatted(number));
    }

    private static Answer barrier(int status, String phase) {
        return Answer.json(status, """
                {"namespace": "default", "name": "load", "phase": "%s", "parties": 3, "standing": 1, "revision": 7}"""
                .formatted(phase));
    }

    private void await() throws InterruptedException, BrokenBarrierException, TimeoutException {
        keeper.awaitBarrier("load", 3, PATIENCE);
    }

    @Test
    void standsAtItByOneArrivalUntilItOpensAndLeaves() throws Exception {
        server.next(barrier(202, "waiting")).next(UNREACHABLE).next(barrier(202, "waiting"))
                .next(barrier(200, "open"));

        await();

        List<String> arrivals = lines().subList(1, 5);
        assertThat(arrivals).containsOnly(arrivals.get(0));
        assertThat(arrivals.get(0)).startsWith("PUT " + BASE + "/barriers/load/arrivals/").endsWith("?wait=PT20S");
        assertThat(server.asked().get(1).body()).contains("\"session\":\"00000000000000a1\"", "\"parties\":3");
        assertThat(lines().get(5)).isEqualTo(leaving(arrivals.get(0)));
    }

    @Test
    void saysThatItIsBrokenAndLeaves() {
        server.next(barrier(202, "waiting")).next(Answer.problem(409, "barrier-broken", ""));

        assertThatThrownBy(this::await).isInstanceOf(BrokenBarrierException.class);

        assertThat(lines()).hasSize(4).last().isEqualTo(leaving(lines().get(1)));
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        server.next((stub, exchange, body) -> {
            nanos.addAndGet(PATIENCE.toNanos());
            barrier(202, "waiting").give(stub, exchange, body);
        }).next(barrier(200, "broken"));

        assertThatThrownBy(this::await).isInstanceOf(TimeoutException.class);

        assertThat(lines()).hasSize(3).last().isEqualTo(leaving(lines().get(1)));
    }

    @Test
    void goesOnWhenItHasOpenedAsTheTimeWasOver() throws Exception {
        server.next((stub, exchange, body) -> {
            nanos.addAndGet(PATIENCE.toNanos());
            barrier(202, "waiting").give(stub, exchange, body);
        }).next(barrier(200, "open"));

        await();

        assertThat(lines()).hasSize(3);
    }

    @Test
    void givesUpWhenTheServerIsAwayForAsLong() {
        server.next((stub, exchange, body) -> {
            nanos.addAndGet(PATIENCE.toNanos());
            UNREACHABLE.give(stub, exchange, body);
        });

        assertThatThrownBy(this::await).isInstanceOf(TimeoutException.class)
                .hasCauseInstanceOf(RosterUnavailableException.class);
    }

    @Test
    void standsAtItByAnotherSessionWhenTheServerHasEndedTheFirst() throws Exception {
        server.next(Answer.problem(404, "session-not-found", "")).next(session(2)).next(barrier(200, "open"));

        await();

        assertThat(server.asked().get(3).body()).contains("00000000000000a2");
        assertThat(lines().get(3)).isNotEqualTo(lines().get(1));
    }

    /** Before the server has ended the first session, a second arrival would be counted beside the first. */
    @Test
    void doesNotStandAtItTwiceWhenItsOwnClockHasEndedTheSession() {
        server.next((stub, exchange, body) -> {
            nanos.addAndGet(TTL.toNanos());
            UNREACHABLE.give(stub, exchange, body);
        });

        assertThatThrownBy(() -> keeper.awaitBarrier("load", 3, TTL.multipliedBy(2)))
                .isInstanceOf(BrokenBarrierException.class);

        assertThat(lines()).filteredOn(line -> line.startsWith("PUT ")).hasSize(1);
    }

    @Test
    void passesOnWhatTheServerRefuses() {
        server.next(Answer.problem(409, "parties-mismatch", ""));

        assertThatThrownBy(this::await).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.is("parties-mismatch")).isTrue());
    }

    @Test
    void leavesWhenItIsInterrupted() {
        keeper.openSession();

        Thread.currentThread().interrupt();

        assertThatThrownBy(this::await).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(lines()).last().asString().startsWith("DELETE " + BASE + "/barriers/load/arrivals/");
    }

    @Test
    void leavesLaterWhatItCannotLeaveNow() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        server.otherwise((stub, exchange, body) -> {
            boolean refused = exchange.getRequestMethod().equals("DELETE") && away.getAndSet(false);
            (refused ? UNREACHABLE : barrier(200, "open")).give(stub, exchange, body);
        });

        client.keepSession(Duration.ofMillis(150), "soon").awaitBarrier("load", 3, PATIENCE);

        Awaitility.await("the next sign of life tells it").atMost(PATIENCE)
                .until(() -> lines().stream().filter(leaving(lines().get(1))::equals).count() == 2);
    }

    private static String leaving(String arriving) {
        return arriving.replace("PUT ", "DELETE ").replaceFirst("\\?.*", "");
    }

    private List<String> lines() {
        return server.asked().stream().map(StubServer.Asked::line).toList();
    }
}
