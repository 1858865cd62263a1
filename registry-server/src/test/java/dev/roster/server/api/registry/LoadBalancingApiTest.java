package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.registry.LoadBalancingTable;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.WeightedInstance;
import dev.roster.server.ServerTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class LoadBalancingApiTest extends ServerTest {
    private static final String SERVICES = "/api/v1/namespaces/load-balancing-api-test/services";

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    @Test
    void givesCallersOfAZoneTheirTable() {
        register("zoned", "a", "\"zone\":\"eu\",\"weight\":2,\"ports\":{\"management\":9090}");
        register("zoned", "b", "\"zone\":\"us\"");
        register("zoned", "c", "\"zone\":\"eu\",\"status\":\"draining\"");

        LoadBalancingTable table = read(send(asAdmin(SERVICES + "/zoned/load-balancing?zone=eu")),
                LoadBalancingTable.class);

        assertThat(table.zone()).isEqualTo("eu");
        assertThat(table.zonePreferred()).isTrue();
        assertThat(table.changesAt()).isNull();
        assertThat(table.instances()).extracting(WeightedInstance::id, WeightedInstance::weight)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a", 2.0),
                        org.assertj.core.groups.Tuple.tuple("b", 0.0));
        assertThat(table.instances().getFirst().ports()).containsEntry("management", 9090);
        assertThat(read(send(asAdmin(SERVICES + "/zoned/load-balancing")), LoadBalancingTable.class).zone()).isNull();
    }

    @Test
    void letsNewInstancesComeSlowly() {
        put(SERVICES + "/slow/definition", "{\"slowStart\":\"PT1H\"}");
        register("slow", "a", "\"weight\":10");

        LoadBalancingTable table = read(send(asAdmin(SERVICES + "/slow/load-balancing")), LoadBalancingTable.class);

        assertThat(table.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.weight()).isEqualTo(1);
            assertThat(instance.slowStart()).isTrue();
        });
        assertThat(table.changesAt()).isNotNull();
    }

    @Test
    void answersOnlyWhatHasChanged() {
        register("tagged", "a", "\"weight\":1");
        String path = SERVICES + "/tagged/load-balancing?zone=eu";
        String tag = tag(send(asAdmin(path)));
        assertThat(send(asAdmin(path).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
        assertThat(send(asAdmin(path + "&wait=PT0.2S").header("If-None-Match", tag)).statusCode()).isEqualTo(304);

        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture
                .supplyAsync(() -> send(asAdmin(path + "&wait=PT25S").header("If-None-Match", tag)));
        register("tagged", "b", "\"weight\":1");

        HttpResponse<String> answer = waiting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer, LoadBalancingTable.class).instances()).hasSize(2);
    }

    @Test
    void waitsForTheNextStep() {
        put(SERVICES + "/step/definition", "{\"slowStart\":\"PT5S\"}");
        register("step", "a", "\"weight\":10");
        String path = SERVICES + "/step/load-balancing";
        HttpResponse<String> first = send(asAdmin(path));

        HttpResponse<String> next = send(asAdmin(path + "?wait=PT25S").header("If-None-Match", tag(first)));

        assertThat(next.statusCode()).as("no change is written").isEqualTo(200);
        assertThat(read(next, LoadBalancingTable.class).instances().getFirst().weight())
                .isGreaterThan(read(first, LoadBalancingTable.class).instances().getFirst().weight());
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThat(problem(send(asAdmin(SERVICES + "/none/load-balancing"))).code()).isEqualTo("service-not-found");
        register("bad", "a", "\"weight\":1");
        for (String query : List.of("zone=", "zone=" + "x".repeat(64))) {
            assertThat(problem(send(asAdmin(SERVICES + "/bad/load-balancing?" + query))).violations())
                    .singleElement().satisfies(violation -> assertThat(violation.field()).isEqualTo("zone"));
        }
        assertThat(problem(send(asAdmin(SERVICES + "/bad/load-balancing?wait=PT26S"))).code())
                .isEqualTo("invalid-argument");
        assertThat(problem(send(asAdmin(SERVICES + "/bad").header("Accept", "text/html"))).code())
                .isEqualTo("not-acceptable");
    }

    @Test
    void encodesALookupOnceAndCompressesItForWhoeverAcceptsThat() throws IOException, InterruptedException {
        for (int i = 0; i < 20; i++) {
            register("large", "i" + i, "\"metadata\":{\"some\":\"text\"}");
        }
        HttpResponse<String> plain = send(asAdmin(SERVICES + "/large"));
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(plain.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
        double encoded = encoded();

        for (String accepted : List.of("gzip", "br, gzip;q=0.5", "identity, GZIP; q=1.0")) {
            HttpResponse<byte[]> zipped = HttpClient.newHttpClient().send(
                    asAdmin(SERVICES + "/large").header("Accept-Encoding", accepted).build(),
                    BodyHandlers.ofByteArray());
            assertThat(zipped.headers().firstValue("Content-Encoding")).as(accepted).hasValue("gzip");
            byte[] body = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
            assertThat(json.readValue(body, ServiceInstances.class).instances()).hasSize(20);
        }
        for (String refused : List.of("identity", "gzip;q=0", "gzip;q=0.0", "x-gzipped")) {
            HttpResponse<String> answer = send(asAdmin(SERVICES + "/large").header("Accept-Encoding", refused));
            assertThat(answer.headers().firstValue("Content-Encoding")).as(refused).isEmpty();
            assertThat(answer.body()).isEqualTo(plain.body());
        }
        assertThat(encoded()).isEqualTo(encoded);
    }

    private double encoded() {
        return meters.counter("roster.registry.answers.encoded").count();
    }

    private void register(String service, String id, String more) {
        HttpResponse<String> answer = put(SERVICES + "/" + service + "/instances/" + id,
                "{\"host\":\"h\",\"port\":1,\"persistent\":true," + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private HttpResponse<String> put(String path, String body) {
        return send(json(asAdmin(path), "PUT", body));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
