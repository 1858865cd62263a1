package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.client.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kept instance against a scripted server. The time to live is far shorter than a real server allows. */
class InstanceKeeperTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PATH = "/api/v1/namespaces/default/services/orders/instances/a";
    private static final String REGISTER = "PUT " + PATH;
    private static final String RENEW = "PUT " + PATH + "/heartbeat";
    private static final String DRAIN = "POST " + PATH + "/drain?wait=PT10S";
    private static final String DEREGISTER = "DELETE " + PATH;
    private static final String INSTANCE = """
            {"namespace": "default", "service": "orders", "id": "a", "host": "h", "port": 80, "secure": false, "ttl": "PT30S",
             "metadata": {}, "registeredAt": "2026-01-02T03:04:05Z", "revision": 7}""";

    private static final String DRAINED = """
            {"revision": 8, "outcome": "acknowledged", "instance": %s, "subscribers": 1, "silent": 0, "lagging": 0, "pending": [],
             "unheardMembers": []}""".formatted(INSTANCE);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private StubServer server;
    private RosterClient client;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer().next(Answer.json(201, INSTANCE)).otherwise(Answer.json(204, ""));
        client = RosterClient.builder().address(server.address()).clock(now::get).build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private InstanceKeeper keep() {
        return client.keep("orders", "a", new InstanceRegistration("h", 80, null, Duration.ofMillis(90), null, null));
    }

    @Test
    void registersAndSendsHeartbeats() {
        InstanceKeeper keeper = keep();

        await().atMost(SOON).until(() -> lines().size() >= 4);

        assertThat(lines().subList(0, 4)).containsExactly(REGISTER, RENEW, RENEW, RENEW);
        assertThat(keeper.state()).isEqualTo(InstanceKeeper.State.REGISTERED);
        assertThat(keeper.registered().join().id()).isEqualTo("a");
    }

    @Test
    void registersAgainWhenTheServerNoLongerHasTheInstance() {
        server.next(Answer.problem(404, "instance-not-found", "")).next(Answer.json(201, INSTANCE));
        keep();

        await().atMost(SOON).until(() -> lines().size() >= 4);

        assertThat(lines().subList(0, 4)).containsExactly(REGISTER, RENEW, REGISTER, RENEW);
    }

    @Test
    void registersAgainAtOnceAfterAnOutageOfAWholeTimeToLive() {
        server.next((stub, exchange, body) -> {
            now.updateAndGet(time -> time.plusSeconds(1));
            Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"", "Retry-After", "1").give(stub, exchange,
                    body);
        }).next(Answer.json(200, INSTANCE));
        keep();

        await().atMost(SOON).until(() -> lines().size() >= 4);

        assertThat(lines().subList(0, 4)).containsExactly(REGISTER, RENEW, REGISTER, RENEW);
    }

    @Test
    void waitsForAServerThatIsAwayAtFirst() throws IOException {
        String address = server.address();
        server.close();
        try (RosterClient early = RosterClient.builder().address(address).build()) {
            InstanceKeeper keeper = early.keep("orders", "a",
                    new InstanceRegistration("h", 80, null, Duration.ofMillis(90), null, null));

            await().atMost(SOON).until(() -> keeper.state() == InstanceKeeper.State.FAILING);

            assertThat(keeper.failure()).isInstanceOf(RosterException.class);
            assertThat(keeper.registered()).isNotDone();
        }
    }

    @Test
    void triesAgainAfterARefusalSinceCredentialsMayChange() throws IOException {
        try (StubServer strict = new StubServer().next(Answer.problem(401, "unauthenticated", ""))
                .next(Answer.json(201, INSTANCE)).otherwise(Answer.json(204, ""));
                RosterClient unknown = RosterClient.builder().address(strict.address()).build()) {
            InstanceKeeper keeper = unknown.keep("orders", "a",
                    new InstanceRegistration("h", 80, null, Duration.ofMillis(90), null, null));

            await().atMost(SOON).until(() -> keeper.state() == InstanceKeeper.State.REGISTERED);

            assertThat(strict.asked().get(0).line()).isEqualTo(REGISTER);
            assertThat(strict.asked().get(1).line()).isEqualTo(REGISTER);
        }
    }

    @Test
    void takesTheInstanceAwayWhenClosed() {
        InstanceKeeper keeper = keep();
        keeper.registered().join();

        keeper.close();
        keeper.close();

        assertThat(lines()).last().isEqualTo(DEREGISTER);
        assertThat(lines()).filteredOn(DEREGISTER::equals).hasSize(1);
        assertThat(keeper.state()).isEqualTo(InstanceKeeper.State.CLOSED);
    }

    @Test
    void takesTheInstanceAwayWhenTheClientIsClosed() {
        keep().registered().join();

        client.close();

        assertThat(lines()).last().isEqualTo(DEREGISTER);
    }

    @Test
    void goesOnWithHeartbeatsWhileItDrains() {
        InstanceKeeper keeper = keep();
        keeper.registered().join();
        server.otherwise((stub, exchange, body) -> {
            if (exchange.getRequestURI().getPath().endsWith("/drain")) {
                int before = lines().size();
                await().atMost(SOON).until(() -> lines().size() >= before + 2);
                Answer.json(200, DRAINED).give(stub, exchange, body);
            } else {
                Answer.json(204, "").give(stub, exchange, body);
            }
        });

        Optional<DrainResult> result = keeper.drain(Duration.ofSeconds(10));

        assertThat(result).hasValueSatisfying(
                drained -> assertThat(drained.outcome()).isEqualTo(DrainResult.Outcome.ACKNOWLEDGED));
        assertThat(lines().subList(lines().indexOf(DRAIN) + 1, lines().indexOf(DRAIN) + 3)).containsExactly(RENEW,
                RENEW);
        assertThat(keeper.state()).isEqualTo(InstanceKeeper.State.REGISTERED);
        keeper.close();
        assertThat(lines()).last().isEqualTo(DEREGISTER);
    }

    @Test
    void isNotRegisteredAgainOnceItLeaves() {
        InstanceKeeper keeper = keep();
        keeper.registered().join();
        server.otherwise((stub, exchange, body) -> {
            if (exchange.getRequestURI().getPath().endsWith("/drain")) {
                stub.otherwise(Answer.problem(404, "instance-not-found", ""));
                Answer.json(200, DRAINED).give(stub, exchange, body);
            } else {
                Answer.json(204, "").give(stub, exchange, body);
            }
        });

        assertThat(keeper.drain(Duration.ofSeconds(10))).isPresent();

        await().atMost(SOON).until(() -> lines().lastIndexOf(RENEW) > lines().indexOf(DRAIN));
        keeper.close();
        assertThat(lines()).filteredOn(REGISTER::equals).hasSize(1);
    }

    @Test
    void doesNotDrainWhatIsNotRegistered() throws IOException {
        String address = server.address();
        server.close();
        try (RosterClient early = RosterClient.builder().address(address).build()) {
            InstanceKeeper keeper = early.keep("orders", "a",
                    new InstanceRegistration("h", 80, null, Duration.ofMillis(90), null, null));
            await().atMost(SOON).until(() -> keeper.state() == InstanceKeeper.State.FAILING);

            assertThat(keeper.drain(Duration.ofSeconds(10))).isEmpty();
        }
    }

    @Test
    void givesADrainUpWhenTheServerHasJustGone() {
        InstanceKeeper keeper = client.keep("orders", "a",
                new InstanceRegistration("h", 80, null, Duration.ofHours(1), null, null));
        keeper.registered().join();
        server.close();

        assertThat(keeper.drain(Duration.ofSeconds(10))).isEmpty();
        assertThat(keeper.state()).isEqualTo(InstanceKeeper.State.REGISTERED);
    }

    @Test
    void letsNobodyWaitForARegistrationThatWillNotCome() throws IOException {
        String address = server.address();
        server.close();
        InstanceKeeper keeper;
        try (RosterClient early = RosterClient.builder().address(address).build()) {
            keeper = early.keep("orders", "a", new InstanceRegistration("h", 80, null, null, null, null));
        }

        assertThat(keeper.registered()).isCompletedExceptionally();
        assertThat(keeper.registered().handle((instance, failure) -> failure).join())
                .isInstanceOf(CompletionException.class);
    }

    private List<String> lines() {
        return server.asked().stream().map(StubServer.Asked::line).toList();
    }
}
