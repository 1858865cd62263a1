package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls a socket of this test; whatever takes longest is the time out that is tested. */
class ProbeTest {
    private static final CheckMethod.Schedule PATIENT = new CheckMethod.Schedule(Duration.ofSeconds(60),
            Duration.ofSeconds(30), 1, 1);
    private static final CheckMethod.Schedule HASTY = new CheckMethod.Schedule(Duration.ofSeconds(60),
            Duration.ofMillis(100), 1, 1);
    private static final CallPolicy LOOPBACK = new CallPolicy(
            new AddressPolicy(List.of(), List.of("127.0.0.0/8")), false);

    private ServerSocket server;
    private final Probe probe = new Probe(LOOPBACK, InetAddress::getAllByName, System::nanoTime);

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        probe.close();
        server.close();
    }

    @Test
    void connectsToThePort() throws IOException {
        assertThat(probe.call(endpoint("127.0.0.1"), new CheckMethod.Tcp(null, PATIENT)).status())
                .isEqualTo(CheckStatus.PASSING);

        server.close();
        assertThat(probe.call(endpoint("127.0.0.1"), new CheckMethod.Tcp(null, PATIENT)).status())
                .isEqualTo(CheckStatus.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 OK                  | PASSING
            HTTP/1.0 204                     | PASSING
            HTTP/1.1 299 Strange             | PASSING
            HTTP/1.1 429 Too Many Requests   | WARNING
            HTTP/1.1 301 Moved               | CRITICAL
            HTTP/1.1 503 Service Unavailable | CRITICAL
            HTTP/2 200                       | CRITICAL
            SSH-2.0-OpenSSH_9.6              | CRITICAL
            ''                               | CRITICAL
            """)
    void judgesByTheStatusOfTheAnswer(String line, CheckStatus expected) {
        CompletableFuture<String> request = answer(line + "\r\nContent-Length: 0\r\n\r\n");

        Prober.Result result = probe.call(endpoint("127.0.0.1"),
                new CheckMethod.Http("/health?x=1", null, null, PATIENT));

        assertThat(result.status()).as(result.output()).isEqualTo(expected);
        assertThat(request.join()).startsWith("GET /health?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void readsNoMoreThanALine() {
        answer("x".repeat(100_000));

        assertThat(probe.call(endpoint("127.0.0.1"), new CheckMethod.Http("/", null, null, PATIENT)).output())
                .isEqualTo("GET /: the answer is not HTTP");
    }

    @Test
    void waitsForAnAnswerNoLongerThanItMay() {
        Prober.Result result = probe.call(endpoint("127.0.0.1"), new CheckMethod.Http("/", null, null, HASTY));

        assertThat(result).isEqualTo(new Prober.Result(CheckStatus.CRITICAL, "no answer within PT0.1S"));
    }

    @Test
    void isBoundByTheDeadlineWhenThePeerSendsAByteNowAndThen() {
        AtomicInteger reads = new AtomicInteger();
        Probe slow = new Probe(LOOPBACK, InetAddress::getAllByName,
                () -> Duration.ofSeconds(10).toNanos() * reads.getAndIncrement());
        answer("HTTP/1.1 200 OK\r\n\r\n");

        Prober.Result result = slow.call(endpoint("127.0.0.1"), new CheckMethod.Http("/", null, null, PATIENT));

        assertThat(result.output()).as("each byte takes ten of thirty seconds").contains("no answer");
    }

    @Test
    void callsNoAddressThatItMayNot() {
        Probe strict = new Probe(new CallPolicy(new AddressPolicy(List.of(), List.of()), true),
                InetAddress::getAllByName, System::nanoTime);
        CheckTls tls = new CheckTls(new CheckTls.Nobody(), null);

        for (String host : List.of("127.0.0.1", "localhost", "169.254.169.254", "::ffff:127.0.0.1", "::1")) {
            for (CheckMethod.Call check : List.of(new CheckMethod.Tcp(null, PATIENT),
                    new CheckMethod.Http("/", null, null, PATIENT), new CheckMethod.Http("/", null, tls, PATIENT),
                    new CheckMethod.Grpc("", null, null, PATIENT), new CheckMethod.Grpc("", null, tls, PATIENT))) {
                assertThat(strict.call(endpoint(host), check))
                        .isEqualTo(new Prober.Result(CheckStatus.CRITICAL, "checks may not call " + host));
            }
        }
    }

    @Test
    void connectsToTheVeryAddressThatWasJudged() {
        AtomicInteger lookups = new AtomicInteger();
        Probe rebound = new Probe(LOOPBACK, host -> {
            assertThat(host).isEqualTo("rebinding.example.com");
            return new InetAddress[]{InetAddress.ofLiteral("169.254.169.254"),
                    InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")};
        }, System::nanoTime);

        Prober.Result result = rebound.call(endpoint("rebinding.example.com"), new CheckMethod.Tcp(null, PATIENT));

        assertThat(result.status()).isEqualTo(CheckStatus.PASSING);
        assertThat(lookups).as("it is looked up once").hasValue(1);
    }

    @Test
    void followsNoRedirect() {
        CompletableFuture<String> request = answer(
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data\r\n\r\n");

        Prober.Result result = probe.call(endpoint("127.0.0.1"), new CheckMethod.Http("/", null, null, PATIENT));

        assertThat(result).isEqualTo(new Prober.Result(CheckStatus.CRITICAL, "GET /: 302"));
        assertThat(request.join()).startsWith("GET / HTTP/1.1");
    }

    @Test
    void saysThatAHostIsNotKnown() {
        Probe lost = new Probe(LOOPBACK, host -> {
            throw new UnknownHostException(host);
        }, System::nanoTime);

        assertThat(lost.call(endpoint("gone.example.com"), new CheckMethod.Tcp(null, PATIENT)))
                .isEqualTo(new Prober.Result(CheckStatus.CRITICAL, "the host is not known"));
    }

    private Endpoint endpoint(String host) {
        return new Endpoint(host, server.getLocalPort(), false, Map.of());
    }

    /** Answers the next request; returns what it began with. */
    private CompletableFuture<String> answer(String text) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                String request = new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                return request;
            } catch (IOException e) {
                return e.toString();
            }
        });
    }
}
