package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.registry.Check;
import dev.roster.api.registry.CheckStatus;
import dev.roster.api.registry.FlapRules;
import dev.roster.api.registry.GrpcProbe;
import dev.roster.api.registry.HeartbeatResult;
import dev.roster.api.registry.HttpProbe;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceName;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ProbeTls;
import dev.roster.api.registry.ServiceDefinition;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.StatusSource;
import dev.roster.server.ServerTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RegistryApiTest extends ServerTest {
    private static final String SERVICES = "/api/v1/namespaces/registry-api-test/services";

    @Test
    void registersFindsRenewsAndDeregisters() {
        String path = SERVICES + "/life/instances/host:8080";

        HttpResponse<String> created = put(path, """
                {"host":"10.0.0.7","port":8080,"secure":true,"ttl":"PT1H","zone":"a","metadata":{"version":"1.2"}}""");
        assertThat(created.statusCode()).isEqualTo(201);
        Instance instance = read(created, Instance.class);
        assertThat(instance).usingRecursiveComparison().ignoringFields("registeredAt", "statusSince", "revision")
                .isEqualTo(new Instance("registry-api-test", "life", "host:8080", "10.0.0.7", 8080, true,
                        Duration.ofHours(1), "a", Map.of("version", "1.2"), instance.registeredAt(), 0));
        assertThat(revision(created)).isEqualTo(instance.revision());
        assertThat(created.body()).contains("\"ttl\":\"PT1H\"");

        assertThat(read(send(asAdmin(path)), Instance.class)).isEqualTo(instance);
        assertThat(read(send(asAdmin(SERVICES + "/life")), ServiceInstances.class).instances())
                .containsExactly(instance);

        HttpResponse<String> renewed = send(asAdmin(path + "/heartbeat").PUT(BodyPublishers.noBody()));
        assertThat(renewed.statusCode()).isEqualTo(204);
        assertThat(renewed.body()).isEmpty();

        HttpResponse<String> replaced = put(path, "{\"host\":\"10.0.0.8\",\"port\":1}");
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(read(replaced, Instance.class)).satisfies(now -> {
            assertThat(now.ttl()).as("the default").isEqualTo(Duration.ofSeconds(30));
            assertThat(now.secure()).isFalse();
            assertThat(now.metadata()).isEmpty();
        });

        HttpResponse<String> deleted = send(asAdmin(path).DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(revision(deleted)).isGreaterThan(revision(replaced));
        assertProblem(send(asAdmin(path).DELETE()), 404, "instance-not-found");
        assertProblem(send(asAdmin(path)), 404, "instance-not-found");
        assertProblem(send(asAdmin(path + "/heartbeat").PUT(BodyPublishers.noBody())), 404, "instance-not-found");
        assertProblem(send(asAdmin(SERVICES + "/life")), 404, "service-not-found");
    }

    @Test
    void keepsAllThatAnInstanceSays() {
        String path = SERVICES + "/full/instances/i1";

        HttpResponse<String> created = put(path, """
                {"host":"10.0.0.7","port":8080,"ports":{"management":9090},"persistent":true,"status":"starting",
                 "zone":"a","cluster":"blue","version":"1.2","tags":["y","x"],"weight":0.5}""");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(read(created, Instance.class)).satisfies(instance -> {
            assertThat(instance.ports()).isEqualTo(Map.of("management", 9090));
            assertThat(instance.ttl()).isNull();
            assertThat(instance.status()).isEqualTo(InstanceStatus.STARTING);
            assertThat(instance.statusSource()).isEqualTo(StatusSource.REGISTERED);
            assertThat(instance.cluster()).isEqualTo("blue");
            assertThat(instance.version()).isEqualTo("1.2");
            assertThat(instance.tags()).containsExactly("x", "y");
            assertThat(instance.weight()).isEqualTo(0.5);
        });
        assertThat(created.body()).contains("\"status\":\"starting\"").doesNotContain("ttl");
        JsonNode listed = read(send(asAdmin(SERVICES + "?prefix=full")), JsonNode.class);
        assertThat(listed.at("/items/0/healthy").asInt()).isZero();
    }

    @Test
    void takesReportsOnChecks() {
        String path = SERVICES + "/checked/instances/i1";
        HttpResponse<String> created = put(path,
                """
                {"host":"h","port":1,"ttl":"P1D","checks":[{"id":"service:i1","ttl":"PT1H","deregisterAfter":"PT5M"}]}""");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(read(created, Instance.class)).satisfies(instance -> {
            assertThat(instance.status()).isEqualTo(InstanceStatus.DOWN);
            assertThat(instance.statusSource()).isEqualTo(StatusSource.CHECKED);
            assertThat(instance.checks()).containsExactly(new Check("service:i1", Duration.ofHours(1), null,
                    null, null, null, null, null, null, Duration.ofMinutes(5), CheckStatus.CRITICAL, "",
                    instance.registeredAt()));
        });

        HttpResponse<String> reported = put(path + "/checks/service:i1", "{\"status\":\"passing\",\"output\":\"ok\"}");

        assertThat(reported.statusCode()).as(reported.body()).isEqualTo(204);
        assertThat(read(send(asAdmin(path)), Instance.class)).satisfies(instance -> {
            assertThat(instance.status()).isEqualTo(InstanceStatus.UP);
            assertThat(instance.checks().getFirst().output()).isEqualTo("ok");
        });
        assertProblem(put(path + "/checks/other", "{\"status\":\"passing\"}"), 404, "check-not-found");
        assertProblem(put(SERVICES + "/checked/instances/i2/checks/a", "{\"status\":\"passing\"}"), 404,
                "instance-not-found");
        assertThat(assertProblem(put(path + "/checks/service:i1", "{}"), 400, "invalid-argument").violations())
                .singleElement().satisfies(violation -> assertThat(violation.field()).isEqualTo("status"));
    }

    @Test
    void keepsAllThatChecksSayOfTls() {
        String path = SERVICES + "/secured/instances/i1";

        HttpResponse<String> created = put(path, """
                {"host":"h","port":1,"checks":[{"id":"a","grpc":{"service":"orders","tls":{"serverName":"n"}}},
                 {"id":"b","http":{"tls":{}}},{"id":"c","grpc":{}}]}""");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Instance instance = read(created, Instance.class);
        assertThat(instance.checks()).extracting(Check::grpc).containsExactly(
                new GrpcProbe("orders", null, new ProbeTls(null, "n", true)), null, new GrpcProbe("", null, null));
        assertThat(instance.checks().get(1).http()).isEqualTo(new HttpProbe("/", null, new ProbeTls(null, null, true)));
        assertThat(read(send(asAdmin(path)), Instance.class)).isEqualTo(instance);
    }

    @Test
    void saysThatAnInstanceFlaps() {
        String path = SERVICES + "/unsteady/instances/i1";
        put(SERVICES + "/unsteady/definition", "{\"flapping\":{\"changes\":2,\"window\":\"P1D\",\"quiet\":\"P1D\"}}");
        put(path, "{\"host\":\"h\",\"port\":1}");
        assertThat(read(send(asAdmin(path)), Instance.class).flapping()).isFalse();

        put(path, "{\"host\":\"h\",\"port\":1,\"status\":\"down\"}");
        HttpResponse<String> back = put(path, "{\"host\":\"h\",\"port\":1}");

        assertThat(read(back, Instance.class)).satisfies(instance -> {
            assertThat(instance.flapping()).isTrue();
            assertThat(instance.statusChanges()).isEqualTo(2);
            assertThat(instance.status()).isEqualTo(InstanceStatus.DOWN);
            assertThat(instance.statusSource()).isEqualTo(StatusSource.FLAPPING);
        });
        assertThat(back.body()).contains("\"flapping\":true").contains("\"statusSource\":\"flapping\"");
    }

    @Test
    void renewsManyInstancesAtOnce() {
        put(SERVICES + "/many/instances/i1", "{\"host\":\"h\",\"port\":1}");

        HttpResponse<String> answer = send(json(asAdmin("/api/v1/heartbeats"), "POST", """
                {"instances":[{"namespace":"registry-api-test","service":"many","id":"i1"},
                 {"namespace":"registry-api-test","service":"many","id":"i2"},{"service":"many","id":"i1"}]}"""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(read(answer, HeartbeatResult.class).missing()).containsExactly(
                new InstanceName("registry-api-test", "many", "i2"), new InstanceName("default", "many", "i1"));
    }

    @ParameterizedTest
    @MethodSource("badHeartbeats")
    void refusesHeartbeats(String body, String field) {
        Problem problem = assertProblem(send(json(asAdmin("/api/v1/heartbeats"), "POST", body)), 400,
                "invalid-argument");

        assertThat(problem.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }

    static Stream<Arguments> badHeartbeats() {
        String one = "{\"service\":\"s\",\"id\":\"i\"}";
        return Stream.of(Arguments.of("{}", "instances"), Arguments.of("{\"instances\":[]}", "instances"),
                Arguments.of("{\"instances\":[null]}", "instances"),
                Arguments.of("{\"instances\":[{\"id\":\"i\"}]}", "instances.service"),
                Arguments.of("{\"instances\":[{\"service\":\"s\"}]}", "instances.id"),
                Arguments.of("{\"instances\":[{\"service\":\"a b\",\"id\":\"i\"}]}", "service"),
                Arguments.of("{\"instances\":[" + one + ("," + one).repeat(1000) + "]}", "instances"));
    }

    @Test
    void definesServices() {
        String path = SERVICES + "/defined/definition";
        assertProblem(send(asAdmin(path)), 404, "service-not-found");
        assertProblem(send(asAdmin(path).DELETE()), 404, "service-not-found");

        HttpResponse<String> created = put(path, """
                {"protectionThreshold":0.25,"owner":"team-a","persistent":true,"metadata":{"tier":"gold"},
                 "selectors":{"blue":"metadata.track == blue"},"slowStart":"PT1M","flapping":{"changes":4}}""");
        assertThat(created.statusCode()).isEqualTo(201);
        ServiceDefinition definition = read(created, ServiceDefinition.class);
        assertThat(definition).isEqualTo(new ServiceDefinition("registry-api-test", "defined", 0.25, "team-a", true,
                Map.of("tier", "gold"), Map.of("blue", "metadata.track == blue"), Duration.ofMinutes(1),
                new FlapRules(4, Duration.ofMinutes(5), Duration.ofMinutes(1)), "admin", definition.definedAt(),
                revision(created)));
        assertThat(read(send(asAdmin(path)), ServiceDefinition.class)).isEqualTo(definition);
        assertThat(read(send(asAdmin(SERVICES + "/defined")), ServiceInstances.class))
                .satisfies(service -> assertThat(service.definition()).isEqualTo(definition))
                .satisfies(service -> assertThat(service.instances()).isEmpty());

        assertThat(put(path, "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> deleted = send(asAdmin(path).DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(revision(deleted)).isGreaterThan(revision(created));
        assertProblem(send(asAdmin(SERVICES + "/defined")), 404, "service-not-found");
    }

    /** Returns the service that bad requests are about. The revision of the store counts on by itself, by the audit log. */
    private JsonNode bad() {
        return read(send(asAdmin(SERVICES + "/bad/instances")), JsonNode.class).path("items");
    }

    @ParameterizedTest
    @MethodSource("badDefinitions")
    void refusesADefinitionAndChangesNothing(String body, String field, String expected) {
        JsonNode before = bad();

        Problem problem = assertProblem(put(SERVICES + "/bad/definition", body), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.expected()).contains(expected);
        });
        assertThat(bad()).isEqualTo(before);
    }

    static Stream<Arguments> badDefinitions() {
        return Stream.of(Arguments.of("{\"protectionThreshold\":2}", "protectionThreshold", "0 to 1"),
                Arguments.of("{\"protectionThreshold\":\"1\"}", "protectionThreshold", "number"),
                Arguments.of("{\"owner\":\"\"}", "owner", "1 to 200"),
                Arguments.of("{\"persistent\":1}", "persistent", "true"),
                Arguments.of("{\"metadata\":{\"a\":null}}", "metadata.a", "string"),
                Arguments.of("{\"selectors\":{\"a\":\"colour == red\"}}", "selectors.a", "character 1"),
                Arguments.of("{\"flapping\":{\"changes\":1}}", "flapping.changes", "2 to 20"),
                Arguments.of("{\"flapping\":{\"window\":\"PT1S\"}}", "flapping.window", "PT10S"),
                Arguments.of("{\"flapping\":{\"quiet\":\"P2D\"}}", "flapping.quiet", "1 day"),
                Arguments.of("{\"flapping\":{\"quite\":\"PT1S\"}}", "flapping.quite", "quiet"),
                Arguments.of("{\"threshold\":1}", "threshold", "protectionThreshold"));
    }

    @Test
    void listsServicesByPagesOfOneRevision() {
        for (String service : List.of("list-b", "list-a", "list-c")) {
            put(SERVICES + "/" + service + "/instances/i1", "{\"host\":\"h\",\"port\":1,\"ttl\":\"P1D\"}");
        }
        List<String> names = new ArrayList<>();
        List<Long> revisions = new ArrayList<>();
        String cursor = null;
        do {
            HttpResponse<String> answer = send(asAdmin(SERVICES + "?prefix=list-&limit=1"
                    + (cursor == null ? "" : "&cursor=" + cursor)));
            JsonNode page = read(answer, JsonNode.class);
            names.add(page.at("/items/0/name").asString());
            assertThat(page.at("/items/0/instances").asInt()).isEqualTo(1);
            revisions.add(page.get("revision").asLong());
            assertThat(revision(answer)).isEqualTo(revisions.getLast());
            cursor = page.has("nextCursor") ? page.get("nextCursor").asString() : null;
            put(SERVICES + "/list-a1/instances/i1", "{\"host\":\"h\",\"port\":1,\"ttl\":\"P1D\"}");
        } while (cursor != null);

        assertThat(names).containsExactly("list-a", "list-b", "list-c");
        assertThat(revisions).containsOnly(revisions.getFirst());
    }

    @Test
    void answersAtLeastTheRevisionThatTheCallerHasSeen() {
        HttpResponse<String> created = put(SERVICES + "/fresh/instances/i1", "{\"host\":\"h\",\"port\":1}");
        String seen = Long.toString(revision(created));

        HttpResponse<String> local = send(asAdmin(SERVICES + "/fresh").header("Roster-Min-Revision", seen));
        HttpResponse<String> linearizable = send(asAdmin(SERVICES + "/fresh?consistency=linearizable"));

        assertThat(local.statusCode()).isEqualTo(200);
        assertThat(revision(local)).isGreaterThanOrEqualTo(revision(created));
        assertThat(revision(linearizable)).isGreaterThanOrEqualTo(revision(created));
        assertProblem(send(asAdmin(SERVICES + "/fresh").header("Roster-Min-Revision", "999999999")), 503,
                "revision-ahead");
    }

    @Test
    void listsNamespaces() {
        put(SERVICES + "/any/instances/i1", "{\"host\":\"h\",\"port\":1}");

        JsonNode page = read(send(asAdmin("/api/v1/namespaces")), JsonNode.class);

        assertThat(page.get("items").valueStream().map(JsonNode::asString)).contains("default", "registry-api-test")
                .isSorted();
        assertThat(page.has("nextCursor")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void refusesABodyAndChangesNothing(String body, String code, String field, String value, String expected) {
        String path = SERVICES + "/bad/instances/i1";
        put(path, "{\"host\":\"h\",\"port\":1,\"ttl\":\"P1D\"}");
        JsonNode before = bad();

        Problem problem = assertProblem(put(path, body), 400, code);

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.value()).isEqualTo(value);
            assertThat(violation.expected()).contains(expected);
        });
        assertThat(bad()).isEqualTo(before);
    }

    static Stream<Arguments> badBodies() {
        String invalid = "invalid-argument";
        return Stream.of( //
                Arguments.of("{\"host\":\"h\",", "malformed-json", "body", null, "RFC 8259"),
                Arguments.of("{\"host\":\"h\",\"prt\":1}", invalid, "prt", null, "port"),
                Arguments.of("{\"host\":\"h\",\"port\":0}", invalid, "port", "0", "1 to 65535"),
                Arguments.of("{\"host\":\"h\",\"port\":70000}", invalid, "port", "70000", "1 to 65535"),
                Arguments.of("{\"host\":\"h\",\"port\":\"80\"}", invalid, "port", null, "integer"),
                Arguments.of("{\"host\":\"h\",\"port\":80.5}", invalid, "port", "80.5", "integer"),
                Arguments.of("{\"host\":\"h\",\"port\":99999999999}", invalid, "port", "99999999999", "integer"),
                Arguments.of("{\"host\":\"h\"}", invalid, "port", null, "1 to 65535"),
                Arguments.of("{\"port\":1}", invalid, "host", null, "IP address"),
                Arguments.of("{\"host\":\"\",\"port\":1}", invalid, "host", "", "1 to 253"),
                Arguments.of("{\"host\":\"" + "h".repeat(254) + "\",\"port\":1}", invalid, "host",
                        "h".repeat(99) + "…", "1 to 253"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"ttl\":\"PT0S\"}", invalid, "ttl", "PT0S", "PT1S"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"ttl\":\"P7D\"}", invalid, "ttl", "PT168H", "PT24H"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"ttl\":\"week\"}", invalid, "ttl", "week", "PT30S"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"secure\":\"yes\"}", invalid, "secure", null, "true"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"metadata\":{\"a\":null}}", invalid, "metadata.a", null,
                        "string"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"metadata\":{\"a\":1}}", invalid, "metadata.a", "1",
                        "string"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"metadata\":{\"\":\"x\"}}", invalid, "metadata", "", "names"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"persistent\":true,\"ttl\":\"PT5S\"}", invalid, "ttl", "PT5S",
                        "persistent"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"ports\":{\"a\":0}}", invalid, "ports.a", "0", "1 to 65535"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"ports\":{\"a\":null}}", invalid, "ports.a", null, "65535"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"status\":\"ok\"}", invalid, "status", "ok",
                        "out_of_service"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"weight\":-1}", invalid, "weight", "-1.0", "0 to 10000"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"tags\":[null]}", invalid, "tags", null, "string"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"tags\":\"a\"}", invalid, "tags", null, "array"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"cluster\":\"\"}", invalid, "cluster", "", "1 to 63"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"checks\":[{\"ttl\":\"PT5S\"}]}", invalid, "checks.id", null,
                        "unique"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"checks\":[{\"id\":\"a\"}]}", invalid, "checks.ttl", null,
                        "one of ttl, tcp, http and grpc"),
                Arguments.of(
                        "{\"host\":\"h\",\"port\":1,\"checks\":[{\"id\":\"a\",\"ttl\":\"PT5S\",\"deregisterAfter\":\"PT5S\"}]}",
                        invalid, "checks.deregisterAfter", "PT5S", "PT1M"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"checks\":[{\"id\":\"a\",\"ttl\":\"PT0.5S\"}]}", invalid,
                        "checks.ttl", "PT0.5S", "PT1S"),
                Arguments.of(check("\"ttl\":\"PT5S\",\"tcp\":{}"), invalid, "checks.ttl", "PT5S", "just one"),
                Arguments.of(check("\"ttl\":\"PT5S\",\"failures\":1"), invalid, "checks.failures", "1", "none"),
                Arguments.of(check("\"tcp\":{\"port\":0}"), invalid, "checks.tcp.port", "0", "65535"),
                Arguments.of(check("\"http\":{\"path\":\"http://other/\"}"), invalid, "checks.http.path",
                        "http://other/", "slash"),
                Arguments.of(check("\"http\":{\"path\":\"/a\\r\\nHost: b\"}"), invalid, "checks.http.path",
                        "/a\r\nHost: b", "visible"),
                Arguments.of(check("\"http\":{\"tls\":{\"verify\":false}}"), invalid, "checks.tls.verify", "false",
                        "operators of this cluster do not allow"),
                Arguments.of(check("\"grpc\":{\"tls\":{\"verify\":false,\"ca\":\"x\"}}"), invalid, "checks.tls.ca", "x",
                        "none"),
                Arguments.of(check("\"http\":{\"tls\":{\"ca\":\"-----BEGIN CERTIFICATE-----\"}}"), invalid,
                        "checks.tls.ca", "-----BEGIN CERTIFICATE-----", "X.509"),
                Arguments.of(check("\"http\":{\"tls\":{\"serverName\":\"a b\"}}"), invalid, "checks.tls.serverName",
                        "a b", "DNS name"),
                Arguments.of(check("\"http\":{\"tls\":{\"insecure\":true}}"), invalid, "checks[0].http.tls.insecure",
                        null, "verify"),
                Arguments.of(check("\"grpc\":{\"service\":\"a b\"}"), invalid, "checks.grpc.service", "a b", "visible"),
                Arguments.of(check("\"grpc\":{\"port\":70000}"), invalid, "checks.grpc.port", "70000", "65535"),
                Arguments.of(check("\"grpc\":{},\"tcp\":{}"), invalid, "checks.ttl", null, "just one"),
                Arguments.of(check("\"tcp\":{},\"interval\":\"PT0.5S\""), invalid, "checks.interval", "PT0.5S", "PT1S"),
                Arguments.of(check("\"tcp\":{},\"timeout\":\"PT11S\""), invalid, "checks.timeout", "PT11S", "interval"),
                Arguments.of(check("\"tcp\":{},\"successes\":11"), invalid, "checks.successes", "11", "1 to 10"),
                Arguments.of(check("\"tcp\":{\"host\":\"other\"}"), invalid, "checks[0].tcp.host", null, "port"),
                Arguments.of("{\"host\":\"h\",\"port\":1,\"metadata\":[]}", invalid, "metadata", null, "object"));
    }

    private static String check(String fields) {
        return "{\"host\":\"h\",\"port\":1,\"checks\":[{\"id\":\"a\"," + fields + "}]}";
    }

    @ParameterizedTest
    @MethodSource("badPaths")
    void refusesNamesAndChangesNothing(String path, String field, String value) {
        JsonNode before = bad();

        Problem problem = assertProblem(put(path, "{\"host\":\"h\",\"port\":1}"), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.value()).isEqualTo(value);
            assertThat(violation.expected()).contains("1 to");
        });
        assertThat(bad()).isEqualTo(before);
    }

    static Stream<Arguments> badPaths() {
        return Stream.of(
                Arguments.of("/api/v1/namespaces/Default/services/s/instances/i", "namespace", "Default"),
                Arguments.of("/api/v1/namespaces/" + "n".repeat(64) + "/services/s/instances/i", "namespace",
                        "n".repeat(64)),
                Arguments.of("/api/v1/namespaces/%20/services/s/instances/i", "namespace", " "),
                Arguments.of(SERVICES + "/-s/instances/i", "service", "-s"),
                Arguments.of(SERVICES + "/%C3%A4/instances/i", "service", "ä"),
                Arguments.of(SERVICES + "/" + "s".repeat(129) + "/instances/i", "service", "s".repeat(99) + "…"),
                Arguments.of(SERVICES + "/s/instances/%20", "id", " "),
                Arguments.of(SERVICES + "/s/instances/" + "i".repeat(129), "id", "i".repeat(99) + "…"));
    }

    @Test
    void saysThatANameIsMissingInThePath() {
        String path = SERVICES + "//instances/i";

        Problem problem = assertProblem(put(path, "{\"host\":\"h\",\"port\":1}"), 400, "malformed-request");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("path");
            assertThat(violation.value()).isEqualTo(path);
            assertThat(violation.expected()).contains("at least 1 character");
        });
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void refusesParameters(String query, String field, String value) {
        Problem problem = assertProblem(send(asAdmin(SERVICES + "?" + query)), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.value()).isEqualTo(value);
        });
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(Arguments.of("prefix=a/b", "prefix", "a/b"), Arguments.of("limit=0", "limit", "0"),
                Arguments.of("consistency=eventual", "consistency", "eventual"),
                Arguments.of("cursor=MSAh", "cursor", "MSAh"));
    }

    @Test
    void saysWhichMethodsAndMediaTypesItTakes() {
        String path = SERVICES + "/s/instances/i";

        HttpResponse<String> post = send(json(asAdmin(path), "POST", "{}"));
        assertProblem(post, 405, "method-not-allowed");
        assertThat(post.headers().firstValue("Allow").orElse("")).contains("DELETE").contains("GET").contains("PUT");
        assertProblem(send(asAdmin(path).header("Content-Type", "text/plain").PUT(BodyPublishers.ofString("{}"))), 415,
                "unsupported-media-type");
        assertProblem(send(asAdmin(SERVICES).header("Accept", "application/xml")), 406, "not-acceptable");
    }

    private HttpResponse<String> put(String path, String body) {
        HttpRequest.Builder request = json(asAdmin(path), "PUT", body);
        return send(request);
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).as(response.body()).isEqualTo(code);
        return problem;
    }

    private static long revision(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("Roster-Revision").orElseThrow());
    }
}
