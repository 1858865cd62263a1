package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.check.Prober.Result;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the health service of gRPC's own library. */
class GrpcProbeTest {
    private static final CheckMethod.Schedule PATIENT = new CheckMethod.Schedule(Duration.ofSeconds(60),
            Duration.ofSeconds(30), 1, 1);
    private static final CheckMethod.Schedule HASTY = new CheckMethod.Schedule(Duration.ofSeconds(60),
            Duration.ofMillis(100), 1, 1);
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(), List.of("127.0.0.0/8"));

    private final Probe probe = probe(false);
    private final HealthStatusManager health = new HealthStatusManager();
    private @Nullable Server server;

    @AfterEach
    void close() {
        probe.close();
        if (server != null) {
            server.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVING,PASSING,orders is serving", "NOT_SERVING,CRITICAL,orders is not serving",
            "UNKNOWN,CRITICAL,orders does not know how it is"})
    void judgesByTheStatusOfTheService(ServingStatus status, CheckStatus expected, String output) throws IOException {
        int port = serve(NettyServerBuilder.forAddress(loopback()).addService(health.getHealthService()));
        health.setStatus("orders", status);

        assertThat(call(port, "orders", null)).isEqualTo(new Result(expected, output));
    }

    @Test
    void asksForTheServerAsAWhole() throws IOException {
        int port = serve(NettyServerBuilder.forAddress(loopback()).addService(health.getHealthService()));

        assertThat(call(port, "", null)).isEqualTo(new Result(CheckStatus.PASSING, "the server is serving"));
        assertThat(call(port, "x".repeat(200), null))
                .isEqualTo(new Result(CheckStatus.CRITICAL, "the server has no such service"));
    }

    @Test
    void saysThatTheServerHasNoHealthService() throws IOException {
        int port = serve(NettyServerBuilder.forAddress(loopback()));

        assertThat(call(port, "", null))
                .isEqualTo(new Result(CheckStatus.CRITICAL, "the server has no grpc.health.v1.Health"));
    }

    @Test
    void speaksTls() throws Exception {
        OwnCertificate certificate = OwnCertificate.make();
        int port = serve(NettyServerBuilder.forAddress(loopback()).addService(health.getHealthService())
                .sslContext(GrpcSslContexts
                        .configure(SslContextBuilder.forServer(certificate.key(), certificate.certificate()),
                                SslProvider.JDK)
                        .build()));
        CheckTls.Trust authority = CheckTls.Authorities.parse(certificate.pem());

        assertThat(call(port, "", new CheckTls(authority, null)).status()).isEqualTo(CheckStatus.PASSING);
        assertThat(call(port, "", new CheckTls(authority, "shop.example.com")).status())
                .isEqualTo(CheckStatus.PASSING);
        assertThat(call(port, "", new CheckTls(authority, "bank.example.com")).status())
                .isEqualTo(CheckStatus.CRITICAL);
        assertThat(call(port, "", new CheckTls(new CheckTls.SystemAuthorities(), null)).status())
                .isEqualTo(CheckStatus.CRITICAL);
        assertThat(call(port, "", null).status()).as("without TLS").isEqualTo(CheckStatus.CRITICAL);
        CheckTls anybody = new CheckTls(new CheckTls.Nobody(), "bank.example.com");
        assertThat(call(port, "", anybody).output()).contains("may not call without verifying");
        Probe trusting = probe(true);
        assertThat(trusting.call(endpoint("127.0.0.1", port), new CheckMethod.Grpc("", null, anybody, PATIENT))
                .status()).isEqualTo(CheckStatus.PASSING);
        trusting.close();
    }

    @Test
    void waitsForAnAnswerNoLongerThanItMay() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Result result = probe.call(endpoint("127.0.0.1", silent.getLocalPort()),
                    new CheckMethod.Grpc("", null, null, HASTY));

            assertThat(result).isEqualTo(new Result(CheckStatus.CRITICAL, "no answer within PT0.1S"));
        }
    }

    @Test
    void isNotUpsetByAnAnswerThatIsNoGrpc() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (Socket socket = other.accept()) {
                    socket.getInputStream().readNBytes(8);
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The caller has gone: what it says is looked at below.
                }
            });

            Result result = call(other.getLocalPort(), "", null);

            assertThat(result.status()).as(result.output()).isEqualTo(CheckStatus.CRITICAL);
            answered.join();
        }
    }

    @Test
    void connectsToTheVeryAddressThatWasJudged() throws IOException {
        int port = serve(NettyServerBuilder.forAddress(loopback()).addService(health.getHealthService()));
        Probe rebound = new Probe(new CallPolicy(LOOPBACK, false), host -> {
            assertThat(host).isEqualTo("rebinding.example.com");
            return new InetAddress[]{InetAddress.ofLiteral("169.254.169.254"), InetAddress.ofLiteral("127.0.0.1")};
        }, System::nanoTime);

        Result result = rebound.call(endpoint("rebinding.example.com", port),
                new CheckMethod.Grpc("", null, null, PATIENT));
        rebound.close();

        assertThat(result.status()).as(result.output()).isEqualTo(CheckStatus.PASSING);
    }

    private int serve(NettyServerBuilder builder) throws IOException {
        Server started = builder.build().start();
        server = started;
        return started.getPort();
    }

    private Result call(int port, String service, @Nullable CheckTls tls) {
        return probe.call(endpoint("127.0.0.1", 1), new CheckMethod.Grpc(service, port, tls, PATIENT));
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, false, Map.of());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress("127.0.0.1", 0);
    }

    private static Probe probe(boolean unverified) {
        return new Probe(new CallPolicy(LOOPBACK, unverified), InetAddress::getAllByName, System::nanoTime);
    }
}
