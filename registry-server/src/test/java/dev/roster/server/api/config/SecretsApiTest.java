package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.SecretKeys;
import dev.roster.api.config.SecretRotation;
import dev.roster.api.security.AuditVerification;
import dev.roster.server.ServerTest;
import dev.roster.server.security.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Secrets over HTTP, from whoever writes them to whoever may read them, and nobody else. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsApiTest extends ServerTest {
    private static final String SECRET = "hunter2-Sw0rdfish";
    private static final String EDITOR_PASSWORD = "a password of the editor";

    private static String configs(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/configs";
    }

    private HttpResponse<String> publish(HttpRequest.Builder request, String seen, String format, String content) {
        HttpRequest.Builder with = seen == null ? request : request.header("If-Match", seen);
        return send(json(with, "PUT", "{\"format\":\"" + format + "\",\"content\":\"" + content + "\"}"));
    }

    private HttpRequest.Builder asEditor(String path) {
        return as(get(path), "secret-editor", EDITOR_PASSWORD);
    }

    private void makeEditor() {
        send(json(asAdmin("/api/v1/users/secret-editor"), "PUT",
                "{\"role\":\"editor\",\"password\":\"" + EDITOR_PASSWORD + "\"}"));
    }

    /** Returns a token that may read secrets. */
    private String rightfulToken() {
        HttpResponse<String> issued = send(json(asAdmin("/api/v1/tokens"), "POST",
                "{\"description\":\"orders\",\"role\":\"application\",\"secrets\":true}"));
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        assertThat(read(issued, JsonNode.class).at("/token/secrets").asBoolean()).isTrue();
        return read(issued, JsonNode.class).get("secret").asString();
    }

    private String content(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return read(response, ConfigItem.class).content();
    }

    @Test
    void givesASecretToThoseWhoMayReadItAndAMaskToOthers() {
        String path = configs("secrets-right") + "/orders";
        makeEditor();
        String token = rightfulToken();
        HttpResponse<String> made = publish(asEditor(path), null, "properties", "p={secret}" + SECRET);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(read(made, ConfigItem.class).content()).isEqualTo("p={cipher}***");

        HttpResponse<String> plain = send(withToken(get(path), token));
        HttpResponse<String> masked = send(asAdmin(path));
        HttpResponse<String> cipher = send(asEditor(path + "?secrets=cipher"));

        assertThat(content(plain)).isEqualTo("p=" + SECRET);
        assertThat(content(masked)).isEqualTo("p={cipher}***");
        assertThat(content(cipher)).startsWith("p={cipher}rs1.");
        assertThat(plain.headers().firstValue("ETag")).hasValue("\"1-plain\"");
        assertThat(masked.headers().firstValue("ETag")).hasValue("\"1-masked\"");
        assertThat(plain.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(content(send(withToken(get(path + "?secrets=masked"), token)))).isEqualTo("p={cipher}***");
        assertThat(send(withToken(get(path), token).header("If-None-Match", "\"1-plain\"")).statusCode())
                .isEqualTo(304);
        assertThat(send(withToken(get(path), token).header("If-None-Match", "\"1-masked\"")).statusCode())
                .isEqualTo(200);
        assertThat(problem(send(asAdmin(path + "?secrets=plain"))).code()).isEqualTo("forbidden");
        assertThat(problem(send(asAdmin(path + "?secrets=no"))).code()).isEqualTo("invalid-argument");

        HttpResponse<String> edited = publish(asEditor(path), "\"1-cipher\"", "properties",
                content(cipher) + "\\nq=2");
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        assertThat(content(send(withToken(get(path), token)))).isEqualTo("p=" + SECRET + "\nq=2");
        assertThat(problem(publish(asEditor(path), "\"2\"", "properties", "p={cipher}***")).code())
                .isEqualTo("invalid-document");
    }

    @Test
    void givesTheRightByAdminsOnly() {
        makeEditor();

        assertThat(problem(send(json(asEditor("/api/v1/tokens"), "POST",
                "{\"description\":\"x\",\"secrets\":true}"))).code()).isEqualTo("forbidden");
        assertThat(problem(send(json(asEditor("/api/v1/users/secret-editor"), "PUT", "{\"secrets\":true}"))).code())
                .isEqualTo("forbidden");
        HttpResponse<String> given = send(json(asAdmin("/api/v1/users/secret-reader"), "PUT",
                "{\"role\":\"reader\",\"password\":\"" + EDITOR_PASSWORD + "\",\"secrets\":true}"));
        assertThat(read(given, JsonNode.class).get("secrets").asBoolean()).isTrue();
        String path = configs("secrets-user") + "/orders";
        publish(asEditor(path), null, "properties", "p={secret}" + SECRET);
        assertThat(content(send(as(get(path), "secret-reader", EDITOR_PASSWORD)))).contains(SECRET);

        send(json(asAdmin("/api/v1/users/secret-reader"), "PUT", "{\"secrets\":false}"));
        assertThat(content(send(as(get(path), "secret-reader", EDITOR_PASSWORD)))).doesNotContain(SECRET);
    }

    @Test
    void givesTheRightOfSomeNamespaces() {
        makeEditor();
        String here = configs("secrets-here") + "/orders";
        String there = configs("secrets-there") + "/orders";
        publish(asEditor(here), null, "properties", "p={secret}" + SECRET);
        publish(asEditor(there), null, "properties", "p={secret}" + SECRET);

        HttpResponse<String> given = send(
                json(asAdmin("/api/v1/users/secret-some"), "PUT", "{\"role\":\"editor\",\"password\":\""
                        + EDITOR_PASSWORD + "\",\"secretNamespaces\":[\"secrets-here\"]}"));

        assertThat(read(given, JsonNode.class).get("secrets").asBoolean()).isFalse();
        assertThat(read(given, JsonNode.class).at("/secretNamespaces/0").asString()).isEqualTo("secrets-here");
        assertThat(content(send(as(get(here), "secret-some", EDITOR_PASSWORD)))).isEqualTo("p=" + SECRET);
        assertThat(content(send(as(get(there), "secret-some", EDITOR_PASSWORD)))).isEqualTo("p={cipher}***");
        assertThat(problem(send(as(get(there + "?secrets=plain"), "secret-some", EDITOR_PASSWORD))).code())
                .isEqualTo("forbidden");
        assertThat(problem(send(json(as(get("/api/v1/tokens"), "secret-some", EDITOR_PASSWORD), "POST",
                "{\"description\":\"x\",\"secretNamespaces\":[\"secrets-there\"]}"))).code()).isEqualTo("forbidden");
        HttpResponse<String> issued = send(json(as(get("/api/v1/tokens"), "secret-some", EDITOR_PASSWORD), "POST",
                "{\"description\":\"x\",\"secretNamespaces\":[\"secrets-here\"]}"));
        String token = read(issued, JsonNode.class).get("secret").asString();
        assertThat(content(send(withToken(get(here), token)))).isEqualTo("p=" + SECRET);
        assertThat(content(send(withToken(get(there), token)))).isEqualTo("p={cipher}***");
        String effective = "/api/v1/namespaces/%s/effective-config?application=orders";
        assertThat(send(withToken(get(effective.formatted("secrets-here")), token)).body()).contains(SECRET);
        assertThat(send(withToken(get(effective.formatted("secrets-here") + "&secrets=masked"), token)).body())
                .contains("{cipher}***").doesNotContain(SECRET);
        assertThat(send(withToken(get(effective.formatted("secrets-there")), token)).body()).doesNotContain(SECRET);
        assertThat(problem(send(withToken(get(effective.formatted("secrets-there") + "&secrets=plain"), token)))
                .code()).isEqualTo("forbidden");
        for (String wrong : List.of("{\"secretNamespaces\":[\"-\"]}", "{\"secretNamespaces\":[null]}",
                "{\"secrets\":true,\"secretNamespaces\":[\"a\"]}")) {
            assertThat(problem(send(json(asAdmin("/api/v1/users/secret-some"), "PUT", wrong))).violations())
                    .singleElement().satisfies(one -> assertThat(one.field()).isEqualTo("secretNamespaces"));
        }
        send(json(asAdmin("/api/v1/users/secret-some"), "PUT", "{\"secrets\":false}"));
        assertThat(content(send(withToken(get(here), token)))).isEqualTo("p={cipher}***");
    }

    @Test
    void copiesSecretsToANamespaceForThoseWhoMayReadThem() {
        makeEditor();
        publish(asEditor(configs("secrets-source") + "/orders"), null, "properties", "p={secret}" + SECRET);
        send(json(asAdmin("/api/v1/users/secret-copier"), "PUT",
                "{\"role\":\"editor\",\"password\":\"" + EDITOR_PASSWORD
                        + "\",\"secretNamespaces\":[\"secrets-source\"]}"));
        String copies = "/api/v1/namespaces/secrets-copy/config-copies";

        Problem refused = problem(send(json(asEditor(copies), "POST", "{\"from\":\"secrets-source\"}")));
        HttpResponse<String> made = send(json(as(get(copies), "secret-copier", EDITOR_PASSWORD), "POST",
                "{\"from\":\"secrets-source\"}"));

        assertThat(refused.code()).isEqualTo("forbidden");
        assertThat(refused.detail()).contains("item secrets-source/orders");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).doesNotContain(SECRET);
        String path = configs("secrets-copy") + "/orders";
        assertThat(content(send(withToken(get(path), rightfulToken())))).isEqualTo("p=" + SECRET);
        assertThat(content(send(asEditor(path + "?secrets=cipher")))).startsWith("p={cipher}rs1.");
    }

    @Test
    void clientsReadAtEveryMomentOfARotation() throws InterruptedException {
        String namespace = "secrets-rotation";
        String path = configs(namespace) + "/orders";
        makeEditor();
        String token = rightfulToken();
        publish(asEditor(path), null, "yaml", "p: \\\"{secret}" + SECRET + "\\\"\\n");
        for (int version = 1; version < 50; version++) {
            publish(asEditor(path), "\"" + version + "\"", "yaml",
                    "n: " + version + "\\np: \\\"{secret}" + SECRET + "\\\"\\n");
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int version = 1 + i * 13;
            readers.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    for (String what : List.of(path, path + "/versions/" + version)) {
                        HttpResponse<String> answer = send(withToken(get(what), token));
                        reads.incrementAndGet();
                        if (answer.statusCode() != 200 || !answer.body().contains(SECRET)) {
                            failures.add(answer.statusCode() + " " + answer.body());
                        }
                    }
                }
            }));
        }
        try {
            for (int round = 0; round < 3; round++) {
                HttpResponse<String> rotated = send(
                        asAdmin("/api/v1/namespaces/" + namespace + "/secret-keys/rotation").POST(
                                HttpRequest.BodyPublishers.noBody()));
                assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
                HttpResponse<String> master = send(asAdmin("/api/v1/secret-master-key/rotation")
                        .POST(HttpRequest.BodyPublishers.noBody()));
                assertThat(read(master, JsonNode.class).get("remaining").asInt()).as(master.body()).isZero();
                Awaitility.await().atMost(PATIENCE).until(() -> rotation(namespace).finishedAt() != null);
                assertThat(rotation(namespace).reencrypted()).isEqualTo(50);
            }
        } finally {
            over.set(true);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
        assertThat(reads.get()).isPositive();
        assertThat(keys(namespace).keys()).hasSize(2).allSatisfy(key -> assertThat(key.usable()).isTrue());
        assertThat(problem(send(asAdmin("/api/v1/namespaces/secrets-none/secret-keys/rotation")
                .POST(HttpRequest.BodyPublishers.noBody()))).code()).isEqualTo("conflict");
    }

    private SecretKeys keys(String namespace) {
        return read(send(asAdmin("/api/v1/namespaces/" + namespace + "/secret-keys")), SecretKeys.class);
    }

    private SecretRotation rotation(String namespace) {
        return Objects.requireNonNull(keys(namespace).rotation());
    }

    /** Everything that somebody without the right can get at, and everything on disk, after all that can be done with one. */
    @Test
    void nobodyWithoutTheRightSeesASecretAnywhere(CapturedOutput output) {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel(AuditLog.LOGGER, LogLevel.INFO);
        logging.setLogLevel("dev.roster", LogLevel.DEBUG);
        try {
            makeEditor();
            String token = rightfulToken();
            String namespace = "secrets-grep";
            String path = configs(namespace) + "/orders";
            List<String> seen = new ArrayList<>();
            useEverywhere(namespace, path, seen);
            refuseStageAndCopy(namespace, seen);
            assertThat(content(send(withToken(get(path), token)))).as("there is a secret").contains(SECRET);
            seen.add(watchFor(namespace));
            readEverything(namespace, path, seen);

            assertThat(seen).hasSizeGreaterThan(40)
                    .allSatisfy(answer -> assertThat(answer).doesNotContain(SECRET).doesNotContain("Sw0rdfish"));
            assertThat(output.getAll()).doesNotContain(SECRET).doesNotContain("Sw0rdfish");
            assertNowhereOnDisk();
            AuditVerification chain = read(send(asAdmin("/api/v1/audit/verification")), AuditVerification.class);
            assertThat(chain.intact()).as("%s", chain).isTrue();
        } finally {
            logging.setLogLevel(AuditLog.LOGGER, null);
            logging.setLogLevel("dev.roster", null);
        }
    }

    private void useEverywhere(String namespace, String path, List<String> seen) {
        String marked = "db:\\n  user: ann\\n  password: \\\"{secret}" + SECRET + "\\\"\\n";
        seen.add(publish(asEditor(path), null, "yaml", marked).body());
        seen.add(publish(asEditor(path), "\"1\"", "yaml", marked + "x: 1\\n").body());
        seen.add(publish(asEditor(path), "\"1\"", "yaml", marked).body());
        seen.add(publish(asEditor(path), null, "yaml", marked).body());
        seen.add(publish(asEditor(path), "\"2\"", "yaml", marked + "  password: " + SECRET + "\\n").body());
        seen.add(publish(asEditor(path), "\"2\"", "yaml", "# {secret}" + SECRET + "\\n").body());
        seen.add(publish(asEditor(path), "\"2\"", "json", "{\\\"p\\\": {secret}" + SECRET + "}").body());
        seen.add(publish(asEditor(path), "\"2\"", "toml", "p = {secret}" + SECRET).body());
        seen.add(publish(asEditor(path), "\"2\"", "xml", "<a>{secret}" + SECRET + "</b>").body());
        seen.add(publish(asEditor(path), "\"2\"", "properties", "p={secret}" + SECRET + "\\\\u00zz").body());
        seen.add(send(json(asEditor(path + "/rollback").header("If-Match", "\"2\""), "POST", "{\"toVersion\":1}"))
                .body());
        for (String format : List.of("properties:p={secret}" + SECRET,
                "json:{\\\"p\\\":\\\"{secret}" + SECRET + "\\\"}",
                "toml:p = '{secret}" + SECRET + "'", "xml:<p>{secret}" + SECRET + "{/secret}</p>",
                "text:{secret}" + SECRET + "{/secret}")) {
            String[] parts = format.split(":", 2);
            HttpResponse<String> made = publish(asEditor(configs(namespace) + "/of-" + parts[0]), null, parts[0],
                    parts[1]);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            seen.add(made.body());
        }
        seen.add(send(json(asEditor("/api/v1/namespaces/" + namespace + "/config-changes"), "POST",
                "{\"changes\":[{\"name\":\"many\",\"action\":\"publish\",\"format\":\"yaml\",\"content\":\"" + marked
                        + "\"}]}"))
                .body());
        String sets = "/api/v1/namespaces/" + namespace + "/change-sets";
        seen.add(send(json(asEditor(sets), "POST", "{\"title\":\"t\"}")).body());
        seen.add(send(json(asEditor(sets + "/1/drafts/orders").header("If-Match", "\"1\""), "PUT",
                "{\"action\":\"publish\",\"baseVersion\":3,\"format\":\"yaml\",\"content\":\"" + marked + "y: 1\\n\"}"))
                .body());
        seen.add(send(asEditor(sets + "/1/drafts/orders")).body());
        seen.add(send(json(asEditor(sets + "/1/actions").header("If-Match", "\"2\""), "POST",
                "{\"action\":\"publish\"}")).body());
        seen.add(send(asEditor(configs(namespace) + "/many").header("If-Match", "\"1\"").DELETE()).body());
    }

    private void refuseStageAndCopy(String namespace, List<String> seen) {
        String checked = configs(namespace) + "/checked";
        String document = "{\"format\":\"yaml\",\"content\":\"" + Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> name + ": \\\"{secret}" + SECRET + "\\\"\\n").collect(Collectors.joining()) + "\"}";
        HttpResponse<String> schema = send(json(asAdmin(checked + "/schema"), "PUT",
                "{\"schema\":\"" + """
                        {"properties": {"a": {"type": "integer"}, "b": {"maxLength": 3}, "c": {"enum": ["x"]},
                        "d": {"pattern": "^y$"}, "e": {"const": "z"}, "f": {"format": "ipv4"}}}""".replace("\"", "\\\"")
                        .replace("\n", " ") + "\"}"));
        assertThat(schema.statusCode()).as(schema.body()).isBetween(200, 201);
        HttpResponse<String> findings = send(json(asEditor(checked + "/check"), "POST", document));
        assertThat(read(findings, JsonNode.class).get("findings")).hasSize(6);
        seen.add(findings.body());
        HttpResponse<String> refused = send(json(asEditor(checked), "PUT", document));
        assertThat(refused.statusCode()).isEqualTo(400);
        seen.add(refused.body());
        String sets = "/api/v1/namespaces/" + namespace + "/change-sets";
        seen.add(send(json(asEditor(sets), "POST", "{\"title\":\"refused\"}")).body());
        HttpResponse<String> draft = send(json(asEditor(sets + "/2/drafts/checked").header("If-Match", "\"1\""), "PUT",
                document.replace("{\"format", "{\"action\":\"publish\",\"format")));
        assertThat(draft.statusCode()).as(draft.body()).isEqualTo(400);
        seen.add(draft.body());

        String staged = configs(namespace) + "/of-json";
        HttpResponse<String> begun = send(json(asEditor(staged + "/gray-releases").header("If-Match", "\"1\""), "POST",
                "{\"format\":\"json\",\"content\":\"{\\\"p\\\":\\\"{secret}" + SECRET + "\\\"}\",\"automatic\":false,"
                        + "\"steps\":[{\"instances\":[\"of-json-1\"],\"bake\":\"PT1H\"}]}"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        seen.add(begun.body());
        String effective = "/api/v1/namespaces/" + namespace + "/effective-config";
        for (String what : List.of(staged + "?instance=of-json-1", staged + "/gray-releases/2",
                effective + "?application=of-json&instance=of-json-1",
                effective + "?application=of-json&instance=of-json-1&secrets=cipher",
                effective + "?application=of-json&instance=of-json-1&secrets=plain",
                effective + "/comparison?application=of-json&instance=of-json-1")) {
            seen.add(send(asEditor(what)).body());
        }
        seen.add(send(json(asEditor(staged + "/gray-releases/2/actions").header("If-Match", "\"1\""), "POST",
                "{\"action\":\"abort\"}")).body());

        String copies = "/api/v1/namespaces/" + namespace + "-copy/config-copies";
        String copier = read(send(json(asAdmin("/api/v1/tokens"), "POST",
                "{\"description\":\"copies\",\"role\":\"editor\",\"secretNamespaces\":[\"" + namespace + "\"]}")),
                JsonNode.class).get("secret").asString();
        String request = "{\"from\":\"" + namespace + "\"}";
        seen.add(send(json(asEditor(copies), "POST", request)).body());
        seen.add(
                send(json(withToken(get(copies), copier), "POST", "{\"preview\":true," + request.substring(1))).body());
        HttpResponse<String> copied = send(json(withToken(get(copies), copier), "POST", request));
        assertThat(copied.statusCode()).as(copied.body()).isEqualTo(200);
        seen.add(copied.body());
        seen.add(send(json(withToken(get(copies), copier), "POST", request)).body());
        seen.add(send(withToken(get(configs(namespace + "-copy") + "/orders"), copier)).body());
        seen.add(send(asAdmin("/api/v1/namespaces/" + namespace + "-copy/config-export")).body());
    }

    private void readEverything(String namespace, String path, List<String> seen) {
        String sets = "/api/v1/namespaces/" + namespace + "/change-sets";
        for (String what : List.of(path, path + "?secrets=cipher", path + "?secrets=masked", path + "?secrets=plain",
                configs(namespace), path + "/versions", path + "/versions/1", path + "/versions/2",
                path + "/versions/4?secrets=cipher", path + "/comparison?from=1&to=2", path + "/comparison?to=1",
                path + "/comparison?toItem=of-json", path + "/adoption", sets, sets + "/1", sets + "/1/drafts/orders",
                "/api/v1/namespaces/" + namespace + "/effective-config?application=orders",
                "/api/v1/namespaces/" + namespace + "/effective-config/comparison?application=orders&toProfiles=x",
                "/api/v1/config-search?namespace=" + namespace + "&text=password",
                "/api/v1/config-search?namespace=" + namespace + "&path=db.*",
                configs(namespace) + "/of-xml", configs(namespace) + "/of-text", configs(namespace) + "/of-toml",
                configs(namespace) + "/of-json", configs(namespace) + "/of-properties")) {
            seen.add(send(asEditor(what)).body());
            seen.add(send(asAdmin(what)).body());
        }
        JsonNode nothing = read(
                send(asAdmin("/api/v1/config-search?namespace=" + namespace + "&text=" + SECRET.substring(3))),
                JsonNode.class);
        assertThat(nothing.get("items")).isEmpty();
        for (String what : List.of("/api/v1/audit?limit=1000", "/api/v1/audit/verification",
                "/api/v1/namespaces/" + namespace + "/secret-keys", "/actuator/prometheus", "/actuator/metrics",
                "/actuator/metrics/roster.config.secrets", "/actuator/info", "/api/v1/users", "/api/v1/tokens")) {
            seen.add(send(asAdmin(what)).body());
        }
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            String audit = send(asAdmin("/api/v1/audit?limit=1000&target=" + namespace)).body();
            seen.add(audit);
            assertThat(audit).contains("config.publish", "config.save-draft", "version 1, sha256", "invalid-document");
        });
        seen.add(send(asAdmin("/api/v1/cluster/backup")).body());
    }

    /** Returns what a watch of the editor begins with. */
    private String watchFor(String namespace) {
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(json(asEditor("/api/v1/watch"), "POST",
                        "{\"configs\":[{\"namespace\":\"" + namespace + "\",\"name\":\"orders\"}]}").build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()) {
            String data = lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
            assertThat(data).contains("{cipher}***");
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertNowhereOnDisk() {
        try (Stream<Path> files = Files.walk(dataDirectory())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as("%s", file)
                        .doesNotContain(SECRET).doesNotContain("Sw0rdfish");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysWhereASecretIsMisplacedAndNothingElse() {
        HttpResponse<String> answer = publish(asAdmin(configs("secrets-place") + "/orders"), null, "yaml",
                "a: 1\\n# {secret}" + SECRET + "\\n");

        Problem problem = problem(answer);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("invalid-document");
        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.line()).isEqualTo(2);
            assertThat(violation.column()).isEqualTo(3);
            assertThat(violation.value()).isNull();
        });
    }
}
