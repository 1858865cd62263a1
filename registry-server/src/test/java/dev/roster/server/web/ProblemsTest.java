package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.server.ServerTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a server can refuse, over a real connection: always a problem document, never a word of the inside. */
class ProblemsTest extends ServerTest {

    @Test
    void asksForCredentials() {
        HttpResponse<String> response = send(get("/api/v1/identity"));

        assertProblem(response, 401, "unauthenticated");
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"roster\"",
                "Basic realm=\"roster\", charset=\"UTF-8\"");
    }

    @ParameterizedTest
    @MethodSource("wrongCredentials")
    void refusesWrongCredentials(String authorization) {
        assertProblem(send(get("/api/v1/identity").header("Authorization", authorization)), 401, "unauthenticated");
    }

    static Stream<String> wrongCredentials() {
        return Stream.of("Bearer rst_" + "A".repeat(43), "Bearer nonsense", "Basic bm9ib2R5OndoYXRldmVyIGl0IGlz",
                "Basic !!!", "Basic bm9jb2xvbg==", "Basic /w==", "Digest x", "Bearer", "");
    }

    @Test
    void refusesWrongCredentialsEvenWhereNoneAreNeeded() {
        assertProblem(send(get("/actuator/health").header("Authorization", "Bearer nonsense")), 401, "unauthenticated");
    }

    @Test
    void refusesTwoCredentials() {
        assertProblem(send(asAdmin("/api/v1/identity").header("Authorization", "Bearer x")), 401, "unauthenticated");
    }

    @Test
    void hidesWhichPathsThereAreFromStrangers() {
        assertProblem(send(get("/api/v1/nothing-here")), 401, "unauthenticated");
    }

    @Test
    void namesAnUnknownPath() {
        Problem problem = assertProblem(send(asAdmin("/api/v1/nothing%20here?x=1")), 404, "not-found");

        assertThat(problem.instance()).isEqualTo("/api/v1/nothing%20here");
    }

    @Test
    void answersProblemsToBrowsersToo() {
        assertProblem(send(asAdmin("/api/v1/nothing-here").header("Accept", "text/html")), 404, "not-found");
    }

    @Test
    void saysWhichMethodsAPathHas() {
        HttpResponse<String> response = send(json(asAdmin("/api/v1/identity"), "PUT", "{}"));

        assertProblem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void tellsTheMethodsOfAPathOnly() {
        HttpResponse<String> response = send(
                asAdmin("/api/v1/identity").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertProblem(send(get("/api/v1/identity").method("OPTIONS", BodyPublishers.noBody())), 401,
                "unauthenticated");
    }

    @Test
    void saysWhatItCanAnswerWith() {
        assertThat(assertProblem(send(asAdmin("/api/v1/identity").header("Accept", "application/xml")), 406,
                "not-acceptable").detail()).contains("application/json");
    }

    @Test
    void saysWhatItTakes() {
        HttpResponse<String> response = send(asAdmin("/api/v1/tokens").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

        Problem problem = assertProblem(response, 415, "unsupported-media-type");
        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.value()).startsWith("text/plain");
            assertThat(violation.expected()).contains("application/json");
        });
    }

    @Test
    void refusesFormsThatAForeignPageCouldSend() {
        assertProblem(
                send(asAdmin("/api/v1/tokens").header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("description=x"))),
                415, "unsupported-media-type");
    }

    @Test
    void refusesABodyThatAnnouncesTooMuch() throws IOException {
        String answer = exchange("POST /api/v1/tokens HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2097153\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"body-too-large\"");
    }

    @Test
    void cutsOffABodyThatDoesNotAnnounceItsLength() {
        byte[] body = ("{\"description\":\"" + "x".repeat(3 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = send(asAdmin("/api/v1/tokens").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));

        assertProblem(response, 413, "body-too-large");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhereABodyStopsBeingJson(String body, int line, int column) {
        Problem problem = assertProblem(send(json(asAdmin("/api/v1/tokens"), "POST", body)), 400, "malformed-json");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.line()).isEqualTo(line);
            assertThat(violation.column()).isEqualTo(column);
        });
    }

    static Stream<Arguments> malformed() {
        return Stream.of(Arguments.of("{\"description\": \"x\",\n oops}", 2, 2), //
                Arguments.of("{\"description\": \"x\"", 1, 20), //
                Arguments.of("{\"description\":\"x\",\"description\":\"y\"}", 1, 33), //
                Arguments.of("{\"description\":\"x\"} {}", 1, 21));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void namesTheFieldThatDoesNotFit(String body, String field, String value, String expected) {
        Problem problem = assertProblem(send(json(asAdmin("/api/v1/tokens"), "POST", body)), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.value()).isEqualTo(value);
            assertThat(violation.expected()).contains(expected);
        });
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("{\"descripton\":\"x\"}", "descripton", null,
                        "description, role, secretNamespaces, secrets, ttl"),
                Arguments.of("{\"role\":\"boss\"}", "role", "boss", "one of reader, application, editor, admin"),
                Arguments.of("{\"role\":\"READER\"}", "role", "READER", "reader"),
                Arguments.of("{\"role\":1}", "role", "1", "one of reader"),
                Arguments.of("{\"description\":5}", "description", "5", "a string"),
                Arguments.of("{\"ttl\":\"30s\"}", "ttl", "30s", "PT30S"),
                Arguments.of("{\"ttl\":30}", "ttl", null, "PT30S"), //
                Arguments.of("{\"ttl\":{}}", "ttl", null, "PT30S"), //
                Arguments.of("[]", "body", null, "an object"), //
                Arguments.of("null", "body", null, "a JSON object"), //
                Arguments.of("", "body", null, "a JSON object"),
                Arguments.of("{\"description\":\"x\",\"ttl\":\"PT1S\"}", "ttl", "PT1S", "PT1M"),
                Arguments.of("{\"description\":\"x\",\"ttl\":\"P367D\"}", "ttl", "PT8808H", "P366D"),
                Arguments.of("{\"description\":\"\"}", "description", "", "1 to 200"), //
                Arguments.of("{}", "description", null, "1 to 200"));
    }

    @ParameterizedTest
    @MethodSource("wrongParameters")
    void namesTheParameterThatIsNotValid(String query, String field, String value) {
        Problem problem = assertProblem(send(asAdmin("/api/v1/users?" + query)), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.value()).isEqualTo(value);
        });
    }

    static Stream<Arguments> wrongParameters() {
        return Stream.of(Arguments.of("limit=0", "limit", "0"), Arguments.of("limit=1001", "limit", "1001"),
                Arguments.of("limit=many", "limit", "many"), Arguments.of("cursor=%25", "cursor", "%"),
                Arguments.of("cursor=eHg", "cursor", "eHg"));
    }

    @Test
    void tellsNothingOfTheInsideWhenItFails() {
        HttpResponse<String> response = send(asAdmin("/api/failing/failure"));

        Problem problem = assertProblem(response, 500, "internal-error");
        assertThat(problem.outcome()).isEqualTo("unknown");
        assertThat(response.body()).doesNotContain("secret", "Exception", "dev.roster.server");
    }

    @Test
    void mapsFailuresOfTheStore() {
        HttpResponse<String> response = send(asAdmin("/api/failing/no-leader"));

        Problem problem = assertProblem(response, 503, "no-leader");
        assertThat(problem.outcome()).isEqualTo("not-done");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void mapsFailuresOfAsynchronousHandlers() {
        assertProblem(send(asAdmin("/api/failing/later")), 410, "revision-compacted");
    }

    @Test
    void answersAnErrorThatAFilterHasSent() {
        Problem problem = assertProblem(send(asAdmin("/api/failing/sent")), 409, "conflict");

        assertThat(problem.instance()).isEqualTo("/api/failing/sent");
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @MethodSource("notHttp")
    void answersWhatIsNotHttp(String request, int status, String code) throws IOException {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json")
                .contains("\"code\":\"" + code + "\"").doesNotContainIgnoringCase("jetty")
                .doesNotContain("Server:", "Exception");
    }

    static Stream<Arguments> notHttp() {
        String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        return Stream.of(Arguments.of("NONSENSE\r\n\r\n", 400, "malformed-request"),
                Arguments.of("GET /api/v1/identity HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "malformed-request"),
                Arguments.of("GET /api/v1/%ZZ" + end, 400, "malformed-request"),
                Arguments.of("GET /api/v1/a%2Fb" + end, 400, "malformed-request"),
                Arguments.of("GET /api/v1/../v1/identity;x=y" + end, 400, "malformed-request"),
                Arguments.of("GET /api/v1/a//b" + end, 400, "malformed-request"),
                Arguments.of("TRACE /api/v1/identity" + end, 400, "malformed-request"),
                Arguments.of("GET /api/v1/" + "x".repeat(20_000) + end, 414, "uri-too-long"),
                Arguments.of("GET /api/v1/identity HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n", 431,
                        "headers-too-large"),
                Arguments.of("GET /api/v1/identity HTTP/3.7\r\nHost: x\r\n\r\n", 400, "malformed-request"));
    }

    @Test
    void keepsTheRequestIdOfTheCaller() {
        HttpResponse<String> response = send(get("/api/v1/identity").header("Request-Id", "Order.42_a-b"));

        assertThat(response.headers().firstValue("Request-Id")).hasValue("Order.42_a-b");
        assertThat(problem(response).requestId()).isEqualTo("Order.42_a-b");
    }

    @Test
    void replacesARequestIdThatIsNotPlain() {
        String id = problem(send(get("/api/v1/identity").header("Request-Id", "a b\"c"))).requestId();

        assertThat(id).matches("[0-9a-f]{16}");
    }

    @Test
    void tellsTheRevisionWithEveryAnswer() {
        assertThat(send(get("/api/v1/identity")).headers().firstValue("Roster-Revision").map(Long::parseLong))
                .hasValueSatisfying(revision -> assertThat(revision).isPositive());
    }

    @Test
    void keepsAnswersOutOfCachesAndFrames() {
        HttpResponse<String> response = send(asAdmin("/api/v1/identity"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.type()).hasToString("https://roster.dev/problems/" + code);
        assertThat(problem.requestId()).isEqualTo(response.headers().firstValue("Request-Id").orElseThrow());
        assertThat(problem.detail()).isNotBlank();
        assertThat(response.body()).contains("\"status\":" + status).doesNotContain(":null");
        return problem;
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream input = socket.getInputStream();
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
