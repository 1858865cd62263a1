package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.client.StubServer.Answer;
import dev.roster.client.StubServer.Asked;
import dev.roster.client.StubServer.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client says to have taken in, against a scripted server. */
class AcknowledgementsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Answer NOTED = Answer.json(204, "");

    private final CountDownLatch goOn = new CountDownLatch(1);
    private StubServer server;
    private RosterClient client;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer();
        server.otherwise(NOTED).watchAnswer(StubServer.namedStream("w1"));
        client = RosterClient.builder().address(server.address()).subscriber("orders-0:8080").build();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        client.close();
        server.close();
    }

    @Test
    void acknowledgesWhatItsListenersHaveSeen() {
        client.watch().service("stock", _ -> waitToGoOn());
        Stream stream = server.stream();
        assertThat(stream.request()).contains("\"subscriber\":\"orders-0:8080\"");
        stream.send("snapshot", 5, snapshot(5));
        await().atMost(SOON).until(() -> client.watch().status().revision() == 5);
        assertThat(acknowledgements()).as("the listener is not done").isEmpty();

        goOn.countDown();
        await().atMost(SOON).untilAsserted(() -> assertThat(acknowledgements()).containsExactly(
                "PUT /api/v1/watch/w1/acknowledgement {\"revision\":5}"));
        stream.send("change", 7, change(7)).send("progress", 9, "{\"revision\": 9}");

        await().atMost(SOON).untilAsserted(() -> assertThat(acknowledgements()).hasSize(2).last().asString()
                .endsWith("{\"revision\":7}"));
    }

    @Test
    void triesAgainWhenTheStreamSaysSomethingNext() {
        server.next(Answer.problem(503, "overloaded", ", \"outcome\": \"not-done\""));
        goOn.countDown();
        client.watch().service("stock");
        Stream stream = server.stream().send("snapshot", 5, snapshot(5));
        await().atMost(SOON).until(() -> acknowledgements().size() == 1);

        await("the answer to the first has to arrive before").atMost(SOON).until(() -> {
            stream.send("progress", 6, "{\"revision\": 6}");
            return acknowledgements().size() == 2;
        });

        assertThat(acknowledgements()).containsOnly("PUT /api/v1/watch/w1/acknowledgement {\"revision\":5}");
    }

    @Test
    void saysNothingMoreToAMemberThatKnowsNothingOfTheStream() {
        server.next(Answer.problem(404, "watch-not-found", ""));
        client.watch().config("app");
        Stream stream = server.stream().send("snapshot", 5, snapshot(5));
        await().atMost(SOON).until(() -> acknowledgements().size() == 1);

        server.watchAnswer(StubServer.namedStream("w2"));
        stream.send("change", 6, change(6)).end();
        server.stream().send("change", 7, change(7));

        await().atMost(SOON).until(() -> acknowledgements().stream().anyMatch(one -> one.contains("/w2/")));
        assertThat(acknowledgements().getLast()).isEqualTo("PUT /api/v1/watch/w2/acknowledgement {\"revision\":7}");
    }

    @Test
    void saysNothingToAServerThatDoesNotAsk() {
        server.watchAnswer(null);
        client.watch().config("app");

        server.stream().send("snapshot", 5, snapshot(5)).send("progress", 6, "{\"revision\": 6}");

        await().atMost(SOON).until(() -> client.watch().status().revision() == 6);
        assertThat(acknowledgements()).isEmpty();
    }

    @Test
    void saysNothingOfConfigurationAlone() {
        goOn.countDown();
        client.watch().config("app");
        Stream stream = server.stream().send("snapshot", 5,
                "{\"revision\": 5, \"services\": [], \"configs\": [{\"namespace\": \"default\", \"name\": \"app\"}]}");

        stream.send("change", 6,
                "{\"revision\": 6, \"instances\": [], \"configs\": [{\"namespace\": \"default\", \"name\": \"app\"}]}")
                .send("progress", 7, "{\"revision\": 7}");

        await().atMost(SOON).until(() -> client.watch().status().revision() == 7);
        assertThat(acknowledgements()).isEmpty();
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatThrownBy(() -> RosterClient.builder().subscriber("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> acknowledgements() {
        return server.asked().stream().filter(asked -> asked.target().endsWith("/acknowledgement"))
                .map(AcknowledgementsTest::line).toList();
    }

    private static String line(Asked asked) {
        return asked.line() + " " + asked.body();
    }

    private void waitToGoOn() {
        try {
            assertThat(goOn.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String snapshot(long revision) {
        return """
                {"revision": %d, "services": [{"namespace": "default", "service": "stock", "revision": %d,
                 "instances": []}], "configs": [{"namespace": "default", "name": "app"}]}"""
                .formatted(revision, revision).replace("\n", "");
    }

    private static String change(long revision) {
        return "{\"revision\": " + revision + ", \"instances\": [{\"namespace\": \"default\", \"service\": \"stock\","
                + " \"id\": \"a\"}], \"configs\": []}";
    }
}
