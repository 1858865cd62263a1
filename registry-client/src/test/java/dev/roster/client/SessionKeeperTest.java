package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.roster.client.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kept session against a scripted server. What it measures time by stands still until a test moves it. */
class SessionKeeperTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofMinutes(1);

    /** Far shorter than a real server allows. */
    private static final Duration SHORT = Duration.ofMillis(150);

    private static final String BASE = "/api/v1/namespaces/default";
    private static final ClaimSpec NIGHTLY = ClaimSpec.lock("nightly");

    private final AtomicLong nanos = new AtomicLong(-5);
    private StubServer server;
    private RosterClient client;
    private SessionKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer().otherwise(SessionKeeperTest::answer);
        client = RosterClient.builder().address(server.address()).nanos(nanos::get).pause(duration -> {})
                .retryFor(Duration.ZERO).build();
        keeper = client.keepSession(TTL, "test");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Opens sessions, keeps them alive, grants every claim. */
    private static void answer(StubServer stub, HttpExchange exchange, String body)
            throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Answer answer = Answer.json(204, "");
        if (line.equals("POST " + BASE + "/sessions")) {
            answer = Answer.json(201, """
                    {"namespace": "default", "id": "00000000000000a%d", "ttl": "PT1M", "name": "test", "owner": "o",
                     "openedAt": "2026-01-02T03:04:05Z", "revision": 1}""".formatted(opened(stub)));
        } else if (line.startsWith("PUT ") && line.contains("/claims/")) {
            answer = claim(true, 42);
        }
        answer.give(stub, exchange, body);
    }

    private static long opened(StubServer stub) {
        return stub.asked().stream().filter(asked -> asked.line().equals("POST " + BASE + "/sessions")).count();
    }

    private static Answer claim(boolean held, long token) {
        return Answer.json(held ? 200 : 202, """
                {"claim": "c", "session": "00000000000000a1", "sessionName": "test", "owner": "o", "held": %s,
                 "position": %d, %s "permits": 1, "value": "", "since": "2026-01-02T03:04:05Z", "revision": %d}"""
                .formatted(held, held ? 0 : 1, held ? "\"fencingToken\": " + token + "," : "", token));
    }

    @Test
    void opensASessionWhenTheFirstIsClaimedAndSharesIt() throws InterruptedException {
        assertThat(server.asked()).isEmpty();
        assertThat(keeper.sessionId()).isEmpty();

        HeldClaim first = keeper.claim(NIGHTLY);
        HeldClaim second = keeper.claim(ClaimSpec.permits("pool", 2, 5));

        assertThat(first.fencingToken()).isEqualTo(42);
        assertThat(first.isHeld()).isTrue();
        assertThat(second.sessionId()).isEqualTo(first.sessionId()).isEqualTo(keeper.sessionId().orElse(""));
        assertThat(opened(server)).isOne();
        assertThat(server.asked().get(2).body()).contains("\"permits\":2", "\"limit\":5", first.sessionId());
    }

    @Test
    void sendsSignsOfLife() throws InterruptedException {
        client.keepSession(SHORT, "short").claim(NIGHTLY);

        await().atMost(SOON).until(() -> lines().contains("PUT " + BASE + "/sessions/00000000000000a1/keep-alive"));
    }

    @Test
    void losesWhatItHoldsWhenTheTimeIsOverSinceTheLastSignWasSent() throws InterruptedException {
        HeldClaim held = keeper.claim(NIGHTLY);
        CountDownLatch told = new CountDownLatch(1);
        held.onLoss(told::countDown);

        nanos.addAndGet(TTL.toNanos() - 1);
        assertThat(held.isHeld()).isTrue();
        nanos.incrementAndGet();

        assertThat(held.isHeld()).isFalse();
        assertThat(keeper.sessionId()).isEmpty();
        HeldClaim again = keeper.claim(NIGHTLY);
        assertThat(again.isHeld()).isTrue();
        assertThat(told.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThatThrownBy(held::release).isInstanceOf(ClaimLostException.class);
        assertThat(again.sessionId()).isEqualTo("00000000000000a2");
    }

    @Test
    void isToldOfALossWithoutAsking() throws InterruptedException {
        server.otherwise((stub, exchange, body) -> {
            if (exchange.getRequestURI().getPath().endsWith("/keep-alive")) {
                Answer.problem(404, "session-not-found", "").give(stub, exchange, body);
            } else {
                answer(stub, exchange, body);
            }
        });
        HeldClaim held = client.keepSession(SHORT, "short").claim(NIGHTLY);
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        held.onLoss(() -> told.complete(held.isHeld()));

        assertThat(told.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isFalse();
        CompletableFuture<String> late = new CompletableFuture<>();
        held.onLoss(() -> late.complete("at once"));
        assertThat(late).isCompletedWithValue("at once");
    }

    @Test
    void goesOnAskingForTheSameClaim() throws InterruptedException {
        server.next(Answer.json(201, """
                {"namespace": "default", "id": "00000000000000a1", "ttl": "PT1M", "name": "", "owner": "o",
                 "openedAt": "2026-01-02T03:04:05Z", "revision": 1}""")).next(claim(false, 41))
                .next(Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"")).next(claim(false, 41));

        HeldClaim held = keeper.claim(NIGHTLY);

        List<String> claims = lines().stream().filter(line -> line.contains("/claims/")).toList();
        assertThat(claims).hasSize(4).containsOnly(claims.get(0)).first().asString().endsWith("?wait=PT20S");
        assertThat(claims.get(0)).contains(held.claim());
    }

    @Test
    void claimsAnewWhenItsSessionWasLostOnTheWay() throws InterruptedException {
        server.next(Answer.json(201, """
                {"namespace": "default", "id": "00000000000000a0", "ttl": "PT1M", "name": "", "owner": "o",
                 "openedAt": "2026-01-02T03:04:05Z", "revision": 1}"""))
                .next(Answer.problem(404, "session-not-found", ""));

        assertThat(keeper.claim(NIGHTLY).sessionId()).isEqualTo("00000000000000a2");
    }

    @Test
    void saysWhenOthersHoldIt() throws InterruptedException {
        keeper.claim(NIGHTLY).release();
        server.next(Answer.problem(409, "already-held", ""));

        Optional<HeldClaim> held = keeper.tryClaim(NIGHTLY, Duration.ZERO);

        assertThat(held).isEmpty();
        assertThat(server.asked().get(server.asked().size() - 1).body()).contains("\"queue\":false");
    }

    @Test
    void withdrawsWhatItHasWaitedForInVain() throws InterruptedException {
        keeper.claim(NIGHTLY).release();
        server.next((stub, exchange, body) -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            claim(false, 50).give(stub, exchange, body);
        });

        Optional<HeldClaim> held = keeper.tryClaim(NIGHTLY, Duration.ofSeconds(1));

        assertThat(held).isEmpty();
        String claim = lines().get(lines().size() - 2);
        assertThat(claim).startsWith("PUT ").endsWith("?wait=PT1S");
        assertThat(lines()).last()
                .isEqualTo(claim.replace("PUT ", "DELETE ").substring(0, claim.indexOf('?') + "DELETE".length() - 3));
    }

    @Test
    void withdrawsLaterWhatItCannotWithdrawNow() throws InterruptedException {
        AtomicLong refused = new AtomicLong();
        server.otherwise((stub, exchange, body) -> {
            if (exchange.getRequestMethod().equals("DELETE") && refused.getAndIncrement() == 0) {
                Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"").give(stub, exchange, body);
            } else {
                answer(stub, exchange, body);
            }
        });
        HeldClaim held = client.keepSession(SHORT, "short").claim(NIGHTLY);

        held.release();

        assertThat(held.isHeld()).isFalse();
        await().atMost(SOON).until(() -> lines().stream()
                .filter(line -> line.equals("DELETE " + BASE + "/locks/nightly/claims/" + held.claim())).count() == 2);
    }

    @Test
    void saysThatALockWasTakenAwayWhenItIsReleased() throws InterruptedException {
        HeldClaim held = keeper.claim(NIGHTLY);
        server.next(Answer.problem(404, "claim-not-found", ""));

        assertThatThrownBy(held::release).isInstanceOf(ClaimLostException.class).hasMessageContaining("nightly");
    }

    @Test
    void passesOnWhatTheServerRefuses() {
        server.otherwise(Answer.problem(403, "forbidden", ""));

        assertThatThrownBy(() -> keeper.claim(NIGHTLY)).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.is("forbidden")).isTrue());
    }

    @Test
    void holdsNothingWhenItIsInterrupted() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        keeper.claim(NIGHTLY).release();
        server.next((stub, exchange, body) -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            claim(true, 60).give(stub, exchange, body);
        });
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                keeper.claim(NIGHTLY);
                outcome.complete(new AssertionError("held"));
            } catch (InterruptedException | RuntimeException e) {
                outcome.complete(e);
            }
        });
        thread.start();
        asked.await();

        thread.interrupt();

        assertThat(outcome.join()).isInstanceOf(InterruptedException.class);
        answer.countDown();
        assertThat(lines()).filteredOn(line -> line.startsWith("DELETE ")).hasSize(2);
    }

    @Test
    void endsTheSessionWhenItIsClosed() throws InterruptedException {
        HeldClaim held = keeper.claim(NIGHTLY);

        client.close();

        assertThat(held.isHeld()).isFalse();
        assertThat(lines()).last().isEqualTo("DELETE " + BASE + "/sessions/00000000000000a1");
        assertThatThrownBy(() -> keeper.claim(NIGHTLY)).isInstanceOf(IllegalStateException.class);
    }

    private List<String> lines() {
        return server.asked().stream().map(StubServer.Asked::line).toList();
    }
}
