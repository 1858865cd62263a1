package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.BindingError;
import dev.roster.api.config.ConfigClient;
import dev.roster.api.config.DeliveryReportRequest;
import dev.roster.api.config.ItemDeliveryRequest;
import dev.roster.client.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigReporterTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final AtomicLong version = new AtomicLong(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private StubServer server;
    private RosterClient client;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer().otherwise(Answer.json(204, ""));
        client = RosterClient.builder().address(server.address()).clock(now::get).scheduler(scheduler)
                .configClient(new ConfigClient("orders-1", null, Map.of("zone", "z1"))).build();
    }

    @AfterEach
    void close() {
        client.close();
        scheduler.shutdownNow();
        server.close();
    }

    @Test
    void tellsWhatHasChangedOnceHoweverOftenItChanges() {
        ConfigReporter reporter = client.reportConfig("orders-1", this::reports);
        for (int i = 0; i < 100; i++) {
            version.incrementAndGet();
            reporter.changed();
        }

        await().atMost(SOON).until(() -> !server.asked().isEmpty());

        assertThat(server.asked()).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo("PUT /api/v1/namespaces/default/config-reports/orders-1");
            assertThat(one.body()).contains("\"fetchedVersion\":101", "\"message\":\"expected int\"",
                    "\"healthy\":true", "\"application\":\"orders\"");
        });
    }

    @Test
    void tellsTheSameAgainOnlyAfterAWhile() {
        ConfigReporter reporter = client.reportConfig("orders-1", this::reports);
        reporter.changed();
        await().atMost(SOON).until(() -> server.asked().size() == 1);

        reporter.changed();
        await().atMost(SOON).until(() -> asked.get() >= 2);
        assertThat(server.asked()).hasSize(1);

        now.updateAndGet(time -> time.plus(ConfigReporter.REPEAT));
        reporter.changed();
        await().atMost(SOON).until(() -> server.asked().size() == 2);
    }

    @Test
    void triesAgainAfterAFailureButNotAfterARefusal() {
        server.next(Answer.problem(503, "overloaded", ", \"outcome\": \"not-done\""))
                .next(Answer.problem(403, "forbidden", ""));
        ConfigReporter reporter = client.reportConfig("orders-1", this::reports);
        reporter.changed();
        await().atMost(SOON).until(() -> server.asked().size() == 1);

        // The client leaves a server alone for a moment that has just answered so.
        await().atMost(SOON).until(() -> {
            reporter.changed();
            return server.asked().size() == 2;
        });

        int before = asked.get();
        reporter.changed();
        await().atMost(SOON).until(() -> asked.get() > before);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void tellsAnotherMemberEverything() {
        ConfigReporter reporter = client.reportConfig("orders-1", this::reports);
        reporter.changed();
        await().atMost(SOON).until(() -> server.asked().size() == 1);

        reporter.moved();

        await().atMost(SOON).until(() -> server.asked().size() == 2);
    }

    @Test
    void aSourceThatThrowsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        ConfigReporter reporter = client.reportConfig("orders-1", () -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("on purpose");
            }
            return reports();
        });
        reporter.changed();
        await().atMost(SOON).until(() -> calls.get() == 1);

        reporter.changed();

        await().atMost(SOON).until(() -> server.asked().size() == 1);
    }

    @Test
    void endsWithTheClient() {
        ConfigReporter reporter = client.reportConfig("orders-1", this::reports);

        client.close();
        reporter.changed();

        assertThat(scheduler.getQueue().stream().filter(task -> !((Future<?>) task).isCancelled()))
                .isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> client.reportConfig("orders-1", this::reports));
    }

    @Test
    void saysWhoFollows() {
        client.watch().config("orders");

        assertThat(server.stream().request())
                .contains("\"client\":{\"instance\":\"orders-1\",\"labels\":{\"zone\":\"z1\"}}");
    }

    private Map<String, DeliveryReportRequest> reports() {
        asked.incrementAndGet();
        return Map.of("default", new DeliveryReportRequest("orders", true,
                List.of(new ItemDeliveryRequest("orders", version.get(), 0L,
                        List.of(new BindingError("orders.limit", "expected int"))))));
    }
}
