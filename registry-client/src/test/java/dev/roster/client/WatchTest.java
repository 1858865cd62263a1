package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import dev.roster.client.StubServer.Answer;
import dev.roster.client.StubServer.Stream;
import dev.roster.client.Watched.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of changes against scripted servers. */
class WatchTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
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
        one.otherwise(Answer.json(200, "{\"revision\": 1, \"items\": []}"));
        return RosterClient.builder().connectTimeout(Duration.ofSeconds(1));
    }

    @Test
    void tellsTheStateAndThenEachChangeInOrder() {
        Watched<ServiceInstances> orders = client.watch().service("orders", this::see);
        client.watch().config("app", this::see);

        Stream stream = one.stream();
        assertThat(stream.request()).contains("\"services\":[{\"namespace\":\"default\",\"name\":\"orders\"}]",
                "\"configs\":[{\"namespace\":\"default\",\"name\":\"app\"}]").doesNotContain("since");
        stream.send("snapshot", 5, snapshot(5, service("orders", 5, "a"), config("app", null)));
        stream.send("change", 6, change(6, instance("orders", "b", 6), null));
        stream.send("change", 8, change(8, null, config("app", 8L)));
        stream.send("change", 9, change(9, gone("orders", "a"), null));

        await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "app=none",
                "orders=[a, b]", "app=8", "orders=[b]"));
        assertThat(orders.origin()).isEqualTo(Origin.SERVER);
        assertThat(client.watch().status().connected()).isTrue();
        assertThat(client.watch().status().revision()).isEqualTo(9);
    }

    @Test
    void asksOnceMoreForEverythingWhenMoreIsFollowed() {
        client.watch().service("orders", this::see);
        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null));
        await().atMost(SOON).until(() -> seen.size() == 1);

        client.watch().service("stock", this::see);

        Stream second = one.stream();
        assertThat(second.request()).contains("orders", "stock").doesNotContain("since");
        second.send("snapshot", 7, snapshot(7, service("orders", 7, "a") + "," + service("stock", 7, "s"), null));
        await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "stock=[s]"));
    }

    @Test
    void resumesWithoutASnapshotWhenLessIsFollowed() {
        client.watch().service("orders", this::see);
        Watched<ServiceInstances> stock = client.watch().service("stock");
        following(one, "stock")
                .send("snapshot", 5, snapshot(5, service("orders", 5, "a") + "," + service("stock", 5), null))
                .send("progress", 6, "{\"revision\": 6}");
        await().atMost(SOON).until(() -> client.watch().status().revision() == 6);

        stock.close();

        Stream second = one.stream();
        assertThat(second.request()).contains("\"since\":6").doesNotContain("stock");
        assertThat(client.watch().status().connected()).isTrue();
    }

    @Test
    void sharesOneTargetAmongAllWhoFollowIt() {
        Watched<ServiceInstances> first = client.watch().service("orders", this::see);
        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null));
        await().atMost(SOON).until(() -> seen.size() == 1);

        client.watch().service("orders", this::see);
        await().atMost(SOON).until(() -> seen.size() == 2);
        first.close();

        assertThat(one.hasStream()).isFalse();
        assertThat(first.current()).isPresent();
    }

    @Test
    void resumesFromTheLastRevisionAtAnotherMemberWhenTheStreamBreaks() {
        RosterClient two = builder().addresses(List.of(URI.create(one.address()), URI.create(other.address()))).build();
        try (two) {
            two.watch().service("orders", this::see);
            await().atMost(SOON).until(() -> one.hasStream() || other.hasStream());
            StubServer first = one.hasStream() ? one : other;
            StubServer second = first == one ? other : one;
            first.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null))
                    .send("change", 6, change(6, instance("orders", "b", 6), null));
            await().atMost(SOON).until(() -> seen.size() == 2);

            first.close();

            Stream resumed = second.stream();
            assertThat(resumed.request()).contains("\"since\":6");
            assertThat(resumed.header("Roster-Min-Revision")).isEqualTo("6");
            resumed.send("change", 7, change(7, gone("orders", "a"), null));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "orders=[a, b]", "orders=[b]"));
        }
    }

    @Test
    void tellsOnlyDifferencesWhenTheRevisionIsNoLongerKept() {
        client.watch().service("orders", this::see);
        client.watch().service("stock", this::see);
        Stream first = one.stream()
                .send("snapshot", 5, snapshot(5, service("orders", 5, "a") + "," + service("stock", 5, "s"), null));
        await().atMost(SOON).until(() -> seen.size() == 2);
        one.watchAnswer((server, exchange, body) -> {
            server.watchAnswer(null);
            Answer.problem(410, "revision-compacted", ", \"oldestRevision\": 50").give(server, exchange, body);
        });

        first.end();

        Stream second = one.stream();
        assertThat(second.request()).doesNotContain("since");
        second.send("snapshot", 60, snapshot(60, service("orders", 60, "a") + "," + service("stock", 60, "t"), null));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "stock=[s]", "stock=[t]"));
    }

    @Test
    void givesAStreamUpOnWhichNothingIsHeard() {
        try (RosterClient impatient = builder().address(one.address()).silence(Duration.ofMillis(200)).build()) {
            impatient.watch().service("orders", this::see);
            one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null));

            Stream second = one.stream();

            assertThat(second.request()).contains("\"since\":5");
            assertThat(seen).containsExactly("orders=[a]");
        }
    }

    @Test
    void takesTheOrderlyEndOfAStreamForNoOutage() {
        client.watch().service("orders", this::see);
        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null)).end();

        Stream second = one.stream();

        assertThat(second.request()).contains("\"since\":5");
        assertThat(client.watch().status().connected()).isTrue();
        assertThat(client.watch().status().failure()).isNull();
    }

    @Test
    void canBeStoppedAfterTheClientIsClosed() {
        Watched<ServiceInstances> orders = client.watch().service("orders");
        client.close();

        orders.close();

        assertThatThrownBy(() -> client.watch().service("stock")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void comesBackAtOnceWhenAnotherCallGetsThrough() {
        one.watchAnswer(Answer.broken());
        try (RosterClient waiting = builder().address(one.address()).watchPause(Duration.ofHours(1)).build()) {
            waiting.watch().service("orders", this::see);
            await().atMost(SOON).until(() -> waiting.watch().status().failure() != null);
            one.watchAnswer(null);

            waiting.configs().list(PageRequest.first());

            assertThat(one.stream().request()).contains("orders");
        }
    }

    @Test
    void leavesAMemberThatIsBehind() {
        RosterClient two = builder().addresses(List.of(URI.create(one.address()), URI.create(other.address()))).build();
        try (two) {
            two.watch().service("orders", this::see);
            await().atMost(SOON).until(() -> one.hasStream() || other.hasStream());
            StubServer first = one.hasStream() ? one : other;
            StubServer second = first == one ? other : one;
            first.stream().send("snapshot", 50, snapshot(50, service("orders", 50, "a"), null));
            await().atMost(SOON).until(() -> seen.size() == 1);
            second.watchAnswer(Answer.problem(503, "revision-ahead", ", \"outcome\": \"not-done\""));

            two.watch().config("app", this::see);
            Stream old = first.stream();
            old.send("snapshot", 40, snapshot(40, service("orders", 40), config("app", null)));
            Stream again = first.stream();
            again.send("snapshot", 51, snapshot(51, service("orders", 51, "a"), config("app", 51L)));

            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "app=51"));
        }
    }

    @Test
    void followsARestoredStoreOnceEveryMemberHasBeenBehindForAWhile() {
        try (RosterClient patient = builder().address(one.address()).clock(now::get).build()) {
            patient.watch().service("orders", this::see);
            Stream first = one.stream().send("snapshot", 50, snapshot(50, service("orders", 50, "a"), null));
            await().atMost(SOON).until(() -> seen.size() == 1);
            one.watchAnswer((server, exchange, body) -> {
                now.updateAndGet(time -> time.plusSeconds(6));
                if (body.contains("since")) {
                    Answer.problem(503, "revision-ahead", ", \"outcome\": \"not-done\"").give(server, exchange, body);
                } else {
                    server.watchAnswer(null);
                    Answer.problem(503, "overloaded", "").give(server, exchange, body);
                }
            });

            first.end();

            Stream restored = one.stream();
            assertThat(restored.request()).doesNotContain("since");
            restored.send("snapshot", 3, snapshot(3, service("orders", 3, "n"), null));
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "orders=[n]"));
        }
    }

    @Test
    void saysAtOnceThatTheServerRefuses() {
        one.watchAnswer(Answer.problem(401, "unauthenticated", ""));
        Watched<ConfigState> app = client.watch().config("app");

        assertThatThrownBy(() -> app.await(SOON)).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.is("unauthenticated")).isTrue());
        assertThat(client.watch().status().failure()).isInstanceOf(RosterRejectedException.class);

        one.watchAnswer(null);
        one.stream().send("snapshot", 5, snapshot(5, null, config("app", 2L)));
        await().atMost(SOON).until(() -> app.origin() == Origin.SERVER);
    }

    @Test
    void waitsNoLongerThanTold() {
        Watched<ConfigState> app = client.watch().config("app");

        assertThat(app.await(Duration.ofMillis(50))).isEmpty();
        assertThat(app.origin()).isEqualTo(Origin.NONE);
        assertThat(app.fromServer()).isNotDone();
    }

    @Test
    void beginsWithTheLastGoodAnswersOfAnEarlierRun(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("cache").resolve("orders.json");
        try (RosterClient earlier = builder().address(one.address()).lastGoodFile(file).build()) {
            earlier.watch().service("orders", this::see);
            earlier.watch().config("app", this::see);
            one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), config("app", 4L)));
            await().atMost(SOON).until(() -> seen.size() == 2);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        seen.clear();

        try (RosterClient later = builder().address(other.address()).lastGoodFile(file).build()) {
            Watched<ServiceInstances> orders = later.watch().service("orders", this::see);
            later.watch().config("app", this::see);
            assertThat(orders.origin()).isEqualTo(Origin.LAST_GOOD);
            assertThat(orders.current().orElseThrow().instances()).hasSize(1);
            Stream stream = other.stream();
            assertThat(stream.request()).doesNotContain("since");
            stream.send("snapshot", 9, snapshot(9, service("orders", 5, "a"), config("app", 8L)));

            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]", "app=4", "app=8"));
            assertThat(orders.origin()).isEqualTo(Origin.SERVER);
        }
    }

    @Test
    void passesOverLastGoodAnswersThatAreDamagedOrNotOwn(@TempDir Path directory) throws IOException {
        Path damaged = Files.writeString(directory.resolve("damaged.json"), "{\"services\": [{");
        Path foreign = Files.writeString(directory.resolve("foreign.json"),
                "{\"services\": [" + service("orders", 5, "evil") + "]}");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-rw-rw-"));

        for (Path file : List.of(damaged, foreign)) {
            try (RosterClient later = builder().address(one.address()).lastGoodFile(file).build()) {
                assertThat(later.watch().service("orders").origin()).isEqualTo(Origin.NONE);
            }
        }
    }

    @Test
    void callsTheOthersWhenAListenerFails() {
        client.watch().service("orders", state -> {
            throw new IllegalStateException("a listener failed, as the test wants");
        });
        client.watch().service("orders", this::see);

        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null));

        await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("orders=[a]"));
    }

    @Test
    void letsAListenerFollowMoreAndWaitForIt() {
        AtomicReference<Optional<ConfigState>> found = new AtomicReference<>();
        client.watch().service("orders", state -> found.set(client.watch().config("app").await(SOON)));
        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null));

        one.stream().send("snapshot", 6, snapshot(6, service("orders", 6, "a"), config("app", 2L)));

        await().atMost(SOON).until(() -> found.get() != null);
        assertThat(found.get()).isPresent();
    }

    @Test
    void beginsAnewAfterAnEventThatCannotBeRead() {
        client.watch().service("orders", this::see);
        one.stream().send("snapshot", 5, snapshot(5, service("orders", 5, "a"), null)).send("change", 6, "{broken");

        Stream second = one.stream();

        assertThat(second.request()).doesNotContain("since");
    }

    @Test
    void refusesNamesThatTheServerWouldRefuseForAll() {
        assertThatThrownBy(() -> client.watch().service("no/such")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no/such");
        assertThatThrownBy(() -> client.inNamespace("Staging").watch().config("app"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(one.asked()).isEmpty();
    }

    @Test
    void refusesMoreThanOneStreamCanHold() {
        for (int i = 0; i < WatchOperations.MAX_TARGETS; i++) {
            client.watch().config("item-" + i);
        }
        assertThatThrownBy(() -> client.watch().config("one-more")).isInstanceOf(IllegalStateException.class);
        client.watch().config("item-0");
        client.watch().service("one-more");
    }

    /** Returns the first stream that asks for a service: what is followed one after the other may take two streams, or one. */
    private static Stream following(StubServer server, String service) {
        Stream stream = server.stream();
        while (!stream.request().contains('"' + service + '"')) {
            stream = server.stream();
        }
        return stream;
    }

    private void see(ServiceInstances state) {
        seen.add(state.service() + "=" + state.instances().stream().map(instance -> instance.id()).toList());
    }

    private void see(ConfigState state) {
        seen.add(state.name() + "=" + (state.item() == null ? "none" : state.item().version()));
    }

    private static String snapshot(long revision, String services, String configs) {
        return "{\"revision\": %d, \"services\": [%s], \"configs\": [%s], \"addedByANewerServer\": 1}".formatted(
                revision,
                services == null ? "" : services, configs == null ? "" : configs);
    }

    private static String change(long revision, String instances, String configs) {
        return "{\"revision\": %d, \"instances\": [%s], \"configs\": [%s]}".formatted(revision,
                instances == null ? "" : instances, configs == null ? "" : configs);
    }

    private static String service(String name, long revision, String... ids) {
        Builder<String> instances = java.util.stream.Stream.builder();
        for (String id : ids) {
            instances.add(instanceJson(name, id));
        }
        return "{\"namespace\": \"default\", \"service\": \"%s\", \"revision\": %d, \"instances\": [%s]}".formatted(
                name,
                revision, instances.build().collect(Collectors.joining(",")));
    }

    private static String instance(String service, String id, long revision) {
        return "{\"namespace\": \"default\", \"service\": \"%s\", \"id\": \"%s\", \"instance\": %s}".formatted(service,
                id,
                instanceJson(service, id));
    }

    private static String gone(String service, String id) {
        return "{\"namespace\": \"default\", \"service\": \"%s\", \"id\": \"%s\", \"instance\": null}"
                .formatted(service, id);
    }

    private static String instanceJson(String service, String id) {
        return """
                {"namespace": "default", "service": "%s", "id": "%s", "host": "h", "port": 80, "secure": false, \
                "ttl": "PT30S", "metadata": {}, "registeredAt": "2026-01-02T03:04:05Z", "revision": 5}"""
                .formatted(service, id)
                .strip();
    }

    private static String config(String name, Long version) {
        return version == null
                ? "{\"namespace\": \"default\", \"name\": \"%s\", \"item\": null}".formatted(name)
                : """
                        {"namespace": "default", "name": "%s", "item": {"namespace": "default", "name": "%s", \
                        "format": "yaml", "content": "a: 1", "version": %d, "contentHash": "00", \
                        "publishedAt": "2026-01-02T03:04:05Z", "publishedBy": "me", "revision": 4}}"""
                        .formatted(name, name,
                                version)
                        .strip();
    }
}
