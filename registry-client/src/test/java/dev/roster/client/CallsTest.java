package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.Subscriber;
import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.StubServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls against scripted servers: what is repeated, where, and what comes out. */
class CallsTest {
    private static final String INSTANCE = """
            {"namespace": "default", "service": "orders", "id": "a", "host": "h", "port": 80, "secure": false, "ttl": "PT30S",
             "metadata": {}, "registeredAt": "2026-01-02T03:04:05Z", "revision": 7, "addedByANewerServer": {"x": 1}}""";
    private static final String DRAINED = """
            {"revision": 8, "outcome": "deadline", "instance": %s, "subscribers": 1, "silent": 0, "lagging": 1, "pending": [
             {"name": "shop", "member": "m1", "caller": "u", "address": "::1", "since": "2026-01-02T03:04:05Z",
              "connected": true, "acknowledged": 7}], "unheardMembers": []}""".formatted(INSTANCE);
    private static final String ITEM = """
            {"namespace": "default", "name": "orders", "format": "yaml", "content": "a: 1", "version": 3,
             "contentHash": "00", "publishedAt": "2026-01-02T03:04:05Z", "publishedBy": "me", "revision": 9}""";
    private static final InstanceRegistration REGISTRATION = new InstanceRegistration("h", 80, null,
            Duration.ofSeconds(30),
            null, null);

    private final List<Duration> pauses = new ArrayList<>();
    private StubServer one;
    private StubServer other;
    private RosterClient client;

    @BeforeEach
    void open() throws IOException {
        one = new StubServer();
        other = new StubServer();
        client = builder().address(one.address()).build();
    }

    @AfterEach
    void close() {
        client.close();
        one.close();
        other.close();
    }

    private RosterClientBuilder builder() {
        return RosterClient.builder().pause(pauses::add).retryFor(Duration.ofSeconds(3));
    }

    @Test
    void sendsARegistrationAsTheContractHasIt() {
        one.next(Answer.json(201, INSTANCE));

        assertThat(client.registry().register("orders", "a", REGISTRATION).ttl()).isEqualTo(Duration.ofSeconds(30));

        assertThat(one.asked().get(0).line()).isEqualTo("PUT /api/v1/namespaces/default/services/orders/instances/a");
        assertThat(one.asked().get(0).body()).isEqualTo("{\"host\":\"h\",\"port\":80,\"ttl\":\"PT30S\"}");
    }

    @Test
    void saysTheStatusOfAnInstance() {
        one.next(Answer.json(200, INSTANCE));

        assertThat(client.registry().say("orders", "a", InstanceStatus.DRAINING).id()).isEqualTo("a");

        assertThat(one.asked().get(0).line())
                .isEqualTo("PUT /api/v1/namespaces/default/services/orders/instances/a/status");
        assertThat(one.asked().get(0).body()).isEqualTo("{\"status\":\"draining\"}");
    }

    @Test
    void drainsAnInstanceAndLetsTheServerWaitForThat() {
        try (RosterClient hasty = builder().address(one.address()).requestTimeout(Duration.ofMillis(200)).build()) {
            one.next((server, exchange, body) -> {
                // Longer than a request may take that the server does not wait for on purpose.
                LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                Answer.json(200, DRAINED).give(server, exchange, body);
            });

            DrainResult result = hasty.registry().drain("orders", "a", Duration.ofSeconds(20));

            assertThat(result.outcome()).isEqualTo(DrainResult.Outcome.DEADLINE);
            assertThat(result.pending()).singleElement().extracting(Subscriber::name).isEqualTo("shop");
            assertThat(one.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.line())
                        .isEqualTo("POST /api/v1/namespaces/default/services/orders/instances/a/drain?wait=PT20S");
                assertThat(asked.body()).isEmpty();
            });
        }
    }

    @Test
    void writesAndReadsEnumsInLowerCase() {
        one.next(Answer.json(200, ITEM)).next(Answer.json(201, """
                {"secret": "rst_x", "token": {"id": "1", "user": "me", "role": "reader", "description": "d",
                 "createdAt": "2026-01-02T03:04:05Z", "expiresAt": "2026-01-02T03:04:05Z"}}"""));

        assertThat(client.configs().get("orders").format()).isEqualTo(ConfigFormat.YAML);
        assertThat(client.security().issueToken(new TokenRequest("d", Role.READER, null)).token().role())
                .isEqualTo(Role.READER);
        assertThat(one.asked().get(1).body()).contains("\"role\":\"reader\"");
    }

    @Test
    void readsPages() {
        one.next(Answer.json(200,
                """
                {"revision": 4, "items": [{"namespace": "default", "name": "orders", "instances": 2}], "nextCursor": "c"}"""));

        var page = client.registry().list(PageRequest.first().withPrefix("or d").withLimit(1));

        assertThat(page.items().get(0).name()).isEqualTo("orders");
        assertThat(page.nextCursor()).isEqualTo("c");
        assertThat(one.asked().get(0).target()).endsWith("/services?prefix=or%20d&limit=1");
    }

    @Test
    void saysWhatTheServerRefused() {
        one.next(Answer.problem(412, "version-mismatch", ", \"currentVersion\": 8"));

        assertThatThrownBy(
                () -> client.configs().publish("orders", 3, new PublishRequest(ConfigFormat.YAML, "a: 1", null)))
                .isInstanceOfSatisfying(RosterRejectedException.class, e -> {
                    assertThat(e.is("version-mismatch")).isTrue();
                    assertThat(e.problem().currentVersion()).isEqualTo(8);
                });
        assertThat(one.asked().get(0).header("If-match")).isEqualTo("\"3\"");
    }

    @Test
    void makesAProblemOfAnAnswerThatIsNone() {
        one.next(Answer.json(404, "<html>no such site</html>"));

        assertThatThrownBy(() -> client.registry().get("orders"))
                .isInstanceOfSatisfying(RosterRejectedException.class, e -> {
                    assertThat(e.is("unexpected-answer")).isTrue();
                    assertThat(e.problem().status()).isEqualTo(404);
                    assertThat(e.problem().detail()).contains("no such site");
                });
    }

    @Test
    void refusesANameThatNoPathCanCarryWithoutAsking() {
        assertThatThrownBy(() -> client.configs().find("..")).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.problem().violations().get(0).field()).isEqualTo("item"));
        assertThat(one.asked()).isEmpty();
    }

    @Test
    void findsNothingWhenTheServerSaysSo() {
        one.next(Answer.problem(404, "service-not-found", ""));
        assertThat(client.registry().find("orders")).isEmpty();

        one.next(Answer.problem(404, "not-found", ""));
        assertThatThrownBy(() -> client.registry().find("orders")).isInstanceOf(RosterRejectedException.class);
    }

    @Test
    void asksAnotherAddressWhenNobodyListensAtOne() throws IOException {
        other.otherwise(Answer.json(200, INSTANCE));
        String dead = deadAddress();

        try (RosterClient two = builder().addresses(List.of(URI.create(dead), URI.create(other.address()))).build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(two.registry().register("orders", "a", REGISTRATION).id()).isEqualTo("a");
            }
        }
        assertThat(pauses).isEmpty();
        assertThat(other.asked()).hasSize(5);
    }

    @Test
    void staysWithTheAddressThatWorks() {
        one.otherwise(Answer.json(200, INSTANCE));
        other.otherwise(Answer.json(200, INSTANCE));

        try (RosterClient two = builder().addresses(List.of(URI.create(one.address()), URI.create(other.address())))
                .build()) {
            for (int i = 0; i < 5; i++) {
                two.registry().get("orders", "a");
            }
        }
        assertThat(List.of(one.asked().size(), other.asked().size())).containsExactlyInAnyOrder(0, 5);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        one.next(Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"", "Retry-After", "2"))
                .next(Answer.json(200, ITEM));

        assertThat(client.configs().get("orders").version()).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void repeatsAPublicationThatWasCertainlyNotDone() {
        one.next(Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"")).next(Answer.json(200, ITEM));

        client.configs().publish("orders", 2, new PublishRequest(ConfigFormat.YAML, "a: 1", null));

        assertThat(one.asked()).hasSize(2);
    }

    @Test
    void saysThatThePublicationMayBeDone() {
        one.next(Answer.problem(503, "outcome-unknown", ", \"outcome\": \"unknown\"", "Retry-After", "1"));

        assertThatThrownBy(
                () -> client.configs().publish("orders", 2, new PublishRequest(ConfigFormat.YAML, "a: 1", null)))
                .isInstanceOf(RosterOutcomeUnknownException.class).hasMessageContaining("outcome-unknown");
        assertThat(one.asked()).hasSize(1);
    }

    @Test
    void saysThatAPublicationMayBeDoneWhenTheAnswerIsLost() {
        one.next(Answer.broken());

        assertThatThrownBy(() -> client.configs().delete("orders", 2))
                .isInstanceOf(RosterOutcomeUnknownException.class);
        assertThat(one.asked()).hasSize(1);
    }

    @Test
    void repeatsWhatIsIdempotentWhenTheAnswerIsLost() {
        one.next(Answer.broken()).next(Answer.json(200, INSTANCE));

        client.registry().register("orders", "a", REGISTRATION);

        assertThat(one.asked()).hasSize(2);
    }

    @Test
    void takesARepeatedDeletionThatFindsNothingForDone() {
        one.next(Answer.broken()).next(Answer.problem(404, "instance-not-found", ""));

        client.registry().deregister("orders", "a");

        one.next(Answer.problem(404, "instance-not-found", ""));
        assertThatThrownBy(() -> client.registry().deregister("orders", "a"))
                .isInstanceOf(RosterRejectedException.class);
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws IOException {
        try (RosterClient away = RosterClient.builder().address(deadAddress()).retryFor(Duration.ZERO).build()) {
            assertThatThrownBy(() -> away.registry().register("orders", "a", REGISTRATION))
                    .isInstanceOf(RosterUnavailableException.class).hasMessageContaining("no connection");
        }
    }

    @Test
    void doesNotWaitForAServerThatAsksForMoreThanTheTimeAllowed() {
        one.next(Answer.problem(429, "too-many-requests", "", "Retry-After", "60"));

        assertThatThrownBy(() -> client.configs().get("orders")).isInstanceOf(RosterUnavailableException.class)
                .hasMessageContaining("too-many-requests");
        assertThat(pauses).isEmpty();
    }

    @Test
    void handsOverWhatTheServerAnsweredLast() {
        one.next(Answer.problem(429, "too-many-requests", "", "Retry-After", "60"));

        assertThatThrownBy(() -> client.configs().get("orders")).isInstanceOfSatisfying(
                RosterUnavailableException.class, e -> {
                    assertThat(e.problem()).hasValueSatisfying(p -> assertThat(p.status()).isEqualTo(429));
                    assertThat(e.retryAfter()).contains(Duration.ofSeconds(60));
                });
    }

    @Test
    void asksForNothingOlderThanItHasSeen() {
        one.next(Answer.json(200, INSTANCE, "Roster-Revision", "41")).next(Answer.json(200, INSTANCE));

        client.registry().register("orders", "a", REGISTRATION);
        client.registry().get("orders", "a");

        assertThat(one.asked().get(1).header("Roster-min-revision")).isEqualTo("41");
    }

    @Test
    void asksAMemberThatIsNotBehind() {
        one.otherwise(Answer.problem(503, "revision-ahead", ", \"outcome\": \"not-done\""));
        other.otherwise(Answer.json(200, INSTANCE));

        try (RosterClient two = builder().addresses(List.of(URI.create(one.address()), URI.create(other.address())))
                .build()) {
            assertThat(two.registry().get("orders", "a").id()).isEqualTo("a");
        }
    }

    @Test
    void asksForLinearizableReadsWhenToldTo() {
        one.next(Answer.json(200, INSTANCE));

        client.withConsistency(Consistency.LINEARIZABLE).registry().get("orders", "a");

        assertThat(one.asked().get(0).target()).endsWith("/a?consistency=linearizable");
    }

    @Test
    void asksInAnotherNamespaceAndForAnotherCaller() {
        one.next(Answer.json(200, INSTANCE)).next(Answer.json(200, INSTANCE));

        client.inNamespace("staging").as(() -> Credentials.user("me", "secret")).registry().get("orders", "a");
        client.as(() -> Credentials.token("rst_x")).registry().get("orders", "a");

        assertThat(one.asked().get(0).target()).contains("/namespaces/staging/");
        assertThat(one.asked().get(0).header("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
        assertThat(one.asked().get(1).header("Authorization")).isEqualTo("Bearer rst_x");
        assertThatThrownBy(() -> client.as(Credentials::none).watch()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsARotatedTokenAgain(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        one.otherwise(Answer.json(200, INSTANCE));

        try (RosterClient rotating = builder().address(one.address()).credentials(new TokenFile(file)).build()) {
            rotating.registry().get("orders", "a");
            Files.writeString(file, "second\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
            rotating.registry().get("orders", "a");
            Files.delete(file);
            rotating.registry().get("orders", "a");
        }

        assertThat(one.asked()).extracting(asked -> asked.header("Authorization")).containsExactly("Bearer first",
                "Bearer second", "Bearer second");
    }

    @Test
    void saysThatThereAreNoCredentials(@TempDir Path directory) {
        try (RosterClient without = builder().address(one.address())
                .credentials(new TokenFile(directory.resolve("none")))
                .build()) {
            assertThatThrownBy(() -> without.registry().get("orders", "a"))
                    .isInstanceOf(RosterUnavailableException.class)
                    .hasMessageContaining("token file");
        }
    }

    @Test
    void tellsAnObserverOfEachCallOnceHoweverOftenItIsRepeated() {
        List<String> told = new ArrayList<>();
        client.observeCalls((call, headers) -> {
            told.add(call.method() + " " + call.route());
            headers.accept("traceparent", "00-1-2-01");
            return new CallObserver.Observed() {
                @Override
                public void repeated(String reason) {
                    told.add("repeated: " + reason.substring(reason.indexOf("answered")));
                }

                @Override
                public void ended(RuntimeException failure) {
                    told.add(failure == null ? "answered" : failure.getClass().getSimpleName());
                }
            };
        });
        one.next(Answer.problem(503, "no-leader", ", \"outcome\": \"not-done\"")).next(Answer.json(200, INSTANCE))
                .next(Answer.problem(404, "service-not-found", ""));

        client.inNamespace("shop").registry().get("or ders", "a");
        client.registry().find("orders");

        assertThat(told).hasSize(5).startsWith("GET /namespaces/{namespace}/services/{service}/instances/{id}")
                .endsWith("answered", "GET /namespaces/{namespace}/services/{service}", "RosterRejectedException");
        assertThat(told.get(1)).startsWith("repeated: answered no-leader");
        assertThat(one.asked()).hasSize(3)
                .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("Traceparent", List.of("00-1-2-01")));
    }

    @Test
    void neverShowsSecrets() {
        assertThat(Credentials.token("rst_x").toString()).doesNotContain("rst_x");
        assertThat(Credentials.user("me", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void refusesAddressesThatAreNone() {
        assertThatThrownBy(() -> builder().address("roster:7400")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("roster:7400");
        assertThatThrownBy(() -> builder().addresses(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static String deadAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
