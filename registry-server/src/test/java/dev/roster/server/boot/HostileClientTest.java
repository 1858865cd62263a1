package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A user who takes all that it can get, beside one who wants little. Limits are small, so that they are reached soon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientTest {
    private static final int STREAMS = 50;
    private static final int REQUESTS = 8;
    private static final String INTEREST = "{\"services\":[{\"namespace\":\"default\",\"name\":\"orders\"}]}";

    private final List<Socket> open = new ArrayList<>();
    private ConfigurableApplicationContext server;
    private int port;
    private String eve;
    private String ann;
    private String bob;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = RosterServer.builder().run("--server.port=0",
                "--roster.data-dir=" + directory, "--roster.caller.max-streams=" + STREAMS,
                "--roster.caller.max-requests=" + REQUESTS, "--roster.registry.max-instances-per-namespace=5");
        port = ((WebServerApplicationContext) server).getWebServer().getPort();
        Path password = directory.resolve("admin-password");
        await("the first admin").atMost(Duration.ofSeconds(30)).until(() -> Files.exists(password));
        eve = basic("admin", Files.readString(password).strip());
        ann = basic("ann", "correct horse battery");
        bob = basic("bob", "correct horse battery");
        for (String user : List.of("ann", "bob")) {
            await("the user is made").atMost(Duration.ofSeconds(30)).until(() -> first(eve, "PUT",
                    "/api/v1/users/" + user, "{\"role\":\"application\",\"password\":\"correct horse battery\"}")
                    .contains(" 201 "));
        }
        // The first password of a user is checked at length, and of many at once some are told to come again.
        assertThat(register(ann, "default", "ann")).contains(" 201 ");
        assertThat(register(bob, "default", "bob")).contains(" 201 ");
    }

    @AfterAll
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @Test
    void givesNobodyMoreThanItsShareOfTheStreams() {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 10 * STREAMS; i++) {
            answers.add(first(eve, "POST", "/api/v1/watch", INTEREST));
        }

        assertThat(answers.stream().filter(answer -> answer.contains(" 200 "))).hasSize(STREAMS);
        assertThat(answers.stream().filter(answer -> answer.contains(" 429 "))).hasSize(9 * STREAMS)
                .allSatisfy(answer -> assertThat(answer).contains("Retry-After: 5"));
        assertThat(first(ann, "POST", "/api/v1/watch", INTEREST)).as("the others are not affected").contains(" 200 ");
        assertThat(register(ann, "default", "ann")).contains(" 200 ");
        assertThat(first(ann, "GET", "/api/v1/namespaces/default/services/orders", "")).contains(" 200 ");
    }

    @Test
    void letsThousandsWaitUntilTheyAreAccepted() {
        JettyWebServer web = (JettyWebServer) ((WebServerApplicationContext) server).getWebServer();

        assertThat(web.getServer().getConnectors()).singleElement()
                .satisfies(connector -> assertThat(((ServerConnector) connector).getAcceptQueueSize())
                        .isGreaterThanOrEqualTo(1000));
    }

    @Test
    void letsNobodyHaveTooManyRequestsAtOnce() {
        String service = "/api/v1/namespaces/default/services/orders";
        String tag = first(ann, "GET", service, "").lines().filter(line -> line.regionMatches(true, 0, "ETag:", 0, 5))
                .findFirst().orElseThrow().substring(5).strip();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 3 * REQUESTS; i++) {
            Thread.ofVirtual().start(() -> {
                String answer = answer(bob, "GET", service + "?wait=PT25S", "If-None-Match: " + tag + "\r\n", "");
                if (answer.contains(" 429 ")) {
                    refused.add(answer);
                }
            });
        }

        await("those that may not wait are told so").atMost(Duration.ofSeconds(20))
                .until(() -> refused.size() == 2 * REQUESTS);
        assertThat(refused).allSatisfy(answer -> assertThat(answer).contains("Retry-After: 1"));
        assertThat(first(ann, "GET", service, "")).as("the others are not affected").contains(" 200 ");
    }

    @Test
    void takesNoMoreInstancesThanFit() {
        for (int i = 0; i < 5; i++) {
            assertThat(register(ann, "crowded", "i" + i)).contains(" 201 ");
        }

        // The number is counted every two seconds: until then a few more may come.
        await("it is counted").atMost(Duration.ofSeconds(20))
                .until(() -> register(ann, "crowded", "more" + System.nanoTime()).contains(" 409 "));

        assertThat(register(ann, "crowded", "i1")).as("who is there may register again").contains(" 200 ");
        assertThat(register(ann, "elsewhere", "i1")).contains(" 201 ");
    }

    @Test
    void readsNoMoreThanItMust() {
        String announced = answer(eve, "PUT", "/api/v1/namespaces/default/services/s/instances/i",
                "Content-Length: 1000000000\r\n", "{");
        assertThat(announced).contains(" 413 ");

        StringBuilder metadata = new StringBuilder("\"n\":\"v\"");
        for (int i = 0; i < 64; i++) {
            metadata.append(",\"n").append(i).append("\":\"v\"");
        }
        String body = "{\"host\":\"h\",\"port\":1,\"metadata\":{" + metadata + "}}";
        assertThat(first(eve, "PUT", "/api/v1/namespaces/default/services/s/instances/i", body)).contains(" 400 ");
        assertThat(first(eve, "PUT", "/api/v1/namespaces/default/services/s/instances/i",
                "{\"host\":\"h\",\"port\":1,\"metadata\":{\"n\":\"" + "v".repeat(1025) + "\"}}")).contains(" 400 ");
        String target = "{\"service\":\"s\",\"id\":\"i\"}";
        assertThat(first(eve, "POST", "/api/v1/heartbeats",
                "{\"instances\":[" + target + ("," + target).repeat(1000) + "]}")).contains(" 400 ");
        assertThat(first(ann, "GET", "/api/v1/namespaces/default/services/orders", "")).contains(" 200 ");
    }

    private String register(String who, String namespace, String id) {
        return first(who, "PUT", "/api/v1/namespaces/" + namespace + "/services/orders/instances/" + id,
                "{\"host\":\"h\",\"port\":1,\"ttl\":\"P1D\"}");
    }

    /** Sends a request and returns status line and headers; a stream stays open. */
    private String first(String who, String method, String path, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return answer(who, method, path, "Content-Length: " + length + "\r\n", body);
    }

    private String answer(String who, String method, String path, String header, String body) {
        try {
            Socket socket = new Socket("127.0.0.1", port);
            synchronized (open) {
                open.add(socket);
            }
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + who
                            + "\r\nContent-Type: application/json\r\n" + header + "\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                text.append(line).append('\n');
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
