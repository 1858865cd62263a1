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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls a TLS server of this test whose certificate is for shop.example.com and 127.0.0.1. */
class SecureProbeTest {
    private static final CheckMethod.Schedule PATIENT = new CheckMethod.Schedule(Duration.ofSeconds(60),
            Duration.ofSeconds(30), 1, 1);
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(), List.of("127.0.0.0/8"));

    private OwnCertificate certificate;
    private ServerSocket server;
    private final Probe probe = probe(false);

    @BeforeEach
    void listen() throws Exception {
        certificate = OwnCertificate.make();
        server = certificate.server().getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        probe.close();
        server.close();
    }

    @Test
    void believesTheAuthorityThatIsGiven() throws Exception {
        CompletableFuture<String> request = answer("HTTP/1.1 200 OK\r\n\r\n");

        Prober.Result result = call(probe, "127.0.0.1", given(null));

        assertThat(result).isEqualTo(new Prober.Result(CheckStatus.PASSING, "GET /health: 200"));
        assertThat(request.join()).startsWith("GET /health HTTP/1.1\r\nHost: 127.0.0.1:");
    }

    @Test
    void asksForTheNameThatIsGiven() throws Exception {
        answer("HTTP/1.1 200 OK\r\n\r\n");
        assertThat(call(probe, "127.0.0.1", given("shop.example.com")).status()).isEqualTo(CheckStatus.PASSING);

        answer("HTTP/1.1 200 OK\r\n\r\n");
        Prober.Result wrong = call(probe, "127.0.0.1", given("bank.example.com"));
        assertThat(wrong.status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(wrong.output()).startsWith("TLS: ").contains("bank.example.com");
    }

    @Test
    void doesNotBelieveWhomNobodyKnows() {
        answer("HTTP/1.1 200 OK\r\n\r\n");

        Prober.Result result = call(probe, "127.0.0.1", new CheckTls(new CheckTls.SystemAuthorities(), null));

        assertThat(result.status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(result.output()).startsWith("TLS: ");
    }

    @Test
    void believesAnybodyOnlyWhereOperatorsAllowIt() {
        CheckTls anybody = new CheckTls(new CheckTls.Nobody(), "bank.example.com");
        assertThat(call(probe, "127.0.0.1", anybody)).isEqualTo(
                new Prober.Result(CheckStatus.CRITICAL, "members may not call without verifying the certificate"));

        answer("HTTP/1.1 204\r\n\r\n");
        Probe trusting = probe(true);
        assertThat(call(trusting, "127.0.0.1", anybody).status()).isEqualTo(CheckStatus.PASSING);
        trusting.close();
    }

    @Test
    void saysThatTheAnswerIsNoTls() throws Exception {
        server.close();
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        answer("HTTP/1.1 200 OK\r\n\r\n");

        assertThat(call(probe, "127.0.0.1", given(null)).output()).startsWith("TLS: ");
    }

    @Test
    void waitsForAHandshakeNoLongerThanItMay() throws Exception {
        server.close();
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        CheckMethod.Schedule hasty = new CheckMethod.Schedule(Duration.ofSeconds(60), Duration.ofMillis(100), 1, 1);

        Prober.Result result = probe.call(endpoint("127.0.0.1"),
                new CheckMethod.Http("/", null, given(null), hasty));

        assertThat(result).isEqualTo(new Prober.Result(CheckStatus.CRITICAL, "no answer within PT0.1S"));
    }

    private CheckTls given(@Nullable String serverName) throws Exception {
        return new CheckTls(CheckTls.Authorities.parse(certificate.pem()), serverName);
    }

    private Prober.Result call(Probe by, String host, CheckTls tls) {
        return by.call(endpoint(host), new CheckMethod.Http("/health", null, tls, PATIENT));
    }

    private Endpoint endpoint(String host) {
        return new Endpoint(host, server.getLocalPort(), true, Map.of());
    }

    private static Probe probe(boolean unverified) {
        return new Probe(new CallPolicy(LOOPBACK, unverified), InetAddress::getAllByName, System::nanoTime);
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
