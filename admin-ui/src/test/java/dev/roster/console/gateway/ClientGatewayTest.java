package dev.roster.console.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.console.gateway.Roster.ListQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** The gateway against a server whose answers are scripted. */
class ClientGatewayTest {
    private static final String ISSUED = """
            {"secret": "rst_abc", "token": {"id": "t1", "user": "mira", "role": "editor", "description": "console",
            "createdAt": "2026-11-21T09:00:00Z", "expiresAt": "2026-11-21T21:00:00Z"}}""";
    private static final String ITEM = """
            {"namespace": "default", "name": "a", "format": "yaml", "content": "", "version": 2, "contentHash": "00",
            "publishedAt": "2026-11-21T09:00:00Z", "publishedBy": "mira", "revision": 7}""";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ClientGateway gateway;
    private volatile int status = 200;
    private volatile String body = "";
    private volatile String retryAfter = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        gateway = new ClientGateway(new ServerAddress(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), new ServerProperties()));
    }

    @AfterEach
    void stop() {
        gateway.destroy();
        server.stop(0);
    }

    @Test
    void exchangesAPasswordForAToken() {
        body = ISSUED;

        IssuedToken issued = gateway.signIn("mira", "pässword:x", Duration.ofHours(12));

        assertThat(issued.token().role()).isEqualTo(Role.EDITOR);
        String basic = Base64.getEncoder().encodeToString("mira:pässword:x".getBytes(StandardCharsets.UTF_8));
        assertThat(requests).containsExactly("POST /api/v1/tokens Basic " + basic + " - -");
    }

    @Test
    void asksInTheNameOfOneUserAtATime() {
        body = "{\"revision\": 1, \"items\": []}";

        gateway.as(new AccessToken("rst_one")).listNamespaces();
        gateway.as(new AccessToken("rst_two")).listServices("ns", new ListQuery("or", 10, "c/d"));
        gateway.as(null).listServices("ns", new ListQuery("", 10, null));

        assertThat(requests).containsExactly("GET /api/v1/namespaces Bearer rst_one - -",
                "GET /api/v1/namespaces/ns/services?prefix=or&limit=10&cursor=c%2Fd Bearer rst_two - -",
                "GET /api/v1/namespaces/ns/services?limit=10 null - -");
    }

    @Test
    void namesTheVersionThatAPublicationReplaces() {
        body = ITEM;
        Roster roster = gateway.as(new AccessToken("rst_one"));
        PublishRequest request = new PublishRequest(ConfigFormat.YAML, "", null);

        roster.publish("default", "a", request, 1);
        roster.publish("default", "a", request, 0);

        assertThat(requests).containsExactly("PUT /api/v1/namespaces/default/configs/a Bearer rst_one \"1\" -",
                "PUT /api/v1/namespaces/default/configs/a Bearer rst_one - *");
    }

    @Test
    void passesARefusalOn() {
        problem(412, "version-mismatch");

        assertThatThrownBy(() -> gateway.as(null).deleteConfig("default", "a", 1))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.status()).isEqualTo(412);
                    assertThat(e.is("version-mismatch")).isTrue();
                    assertThat(e.retryAfter()).isEmpty();
                });
    }

    @Test
    void passesOnHowLongToWait() {
        problem(429, "too-many-requests");
        retryAfter = "42";

        assertThatThrownBy(() -> gateway.signIn("mira", "x", Duration.ofHours(1)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.status()).isEqualTo(429);
                    assertThat(e.retryAfter()).contains(Duration.ofSeconds(42));
                });
    }

    @Test
    void tellsAServerThatIsAwayFromOneThatRefuses() {
        server.stop(0);

        assertThatThrownBy(() -> gateway.as(null).cluster()).isInstanceOfSatisfying(ServerAwayException.class,
                e -> assertThat(e.outcomeUnknown()).isFalse());
    }

    @Test
    void saysThatAChangeMayHaveBeenMade() {
        status = -1;

        assertThatThrownBy(() -> gateway.as(null).publish("default", "a",
                new PublishRequest(ConfigFormat.YAML, "", null), 1)).isInstanceOfSatisfying(ServerAwayException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
    }

    @Test
    void findsOutWhetherSecurityIsOff() {
        body = "{\"name\": \"anonymous\", \"role\": \"admin\"}";
        assertThat(gateway.anonymous())
                .hasValueSatisfying(identity -> assertThat(identity.role()).isEqualTo(Role.ADMIN));

        problem(401, "unauthenticated");
        assertThat(gateway.anonymous()).isEmpty();
    }

    @Test
    void hidesSecrets() {
        assertThat(new AccessToken("rst_abc")).hasToString("AccessToken[***]");
    }

    private void problem(int wanted, String code) {
        status = wanted;
        body = """
                {"type": "https://roster.dev/problems/%2$s", "title": "x", "status": %1$d, "detail": "d", "instance": "/",
                "code": "%2$s", "violations": []}""".formatted(wanted, code);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        requests.add("%s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
                headers.getFirst("Authorization"), headers.getOrDefault("If-Match", List.of("-")).getFirst(),
                headers.getOrDefault("If-None-Match", List.of("-")).getFirst()));
        try (exchange) {
            if (status < 0) {
                return;
            }
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
