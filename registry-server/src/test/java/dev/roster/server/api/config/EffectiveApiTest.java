package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigComparison;
import dev.roster.api.config.EffectiveConfig;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EffectiveApiTest extends ServerTest {
    private static final String NAMESPACE = "/api/v1/namespaces/effective-api";

    @Test
    void tellsWhatAnApplicationEndsUpWith() {
        publish(NAMESPACE, "application", "a: 1\nb: 1\n");
        publish(NAMESPACE, "orders-prod", "b: 2\n");

        EffectiveConfig config = read(
                send(asAdmin(NAMESPACE + "/effective-config?application=orders&profiles=prod,%20eu")),
                EffectiveConfig.class);

        assertThat(config.profiles()).containsExactly("prod", "eu");
        assertThat(config.items()).hasSize(6);
        assertThat(config.properties())
                .extracting(property -> property.name() + "=" + property.chosen().value() + " of "
                        + property.chosen().item())
                .containsExactly("a=1 of application", "b=2 of orders-prod");
        assertThat(config.properties().getLast().overridden()).hasSize(1);
        ConfigComparison elsewhere = read(
                send(asAdmin(NAMESPACE + "/effective-config/comparison?application=orders&toProfiles=prod")),
                ConfigComparison.class);
        assertThat(elsewhere.differences()).singleElement().satisfies(one -> assertThat(one.name()).isEqualTo("b"));
    }

    @Test
    void showsWhatAnInstanceHasOfAGrayRelease() {
        String namespace = "/api/v1/namespaces/effective-gray";
        publish(namespace, "orders", "a: 1\n");
        send(json(asAdmin(namespace + "/configs/orders/gray-releases").header("If-Match", "\"1\""), "POST",
                "{\"format\":\"yaml\",\"content\":\"a: 2\",\"automatic\":false,\"steps\":[{\"instances\":[\"orders-1\"],"
                        + "\"bake\":\"PT1H\"},{\"labels\":{\"zone\":\"eu\"},\"bake\":\"PT1H\"}]}"));
        String path = namespace + "/effective-config?application=orders";

        EffectiveConfig chosen = read(send(asAdmin(path + "&instance=orders-1")), EffectiveConfig.class);
        EffectiveConfig other = read(send(asAdmin(path + "&instance=orders-2&address=10.0.0.1&label=zone=eu")),
                EffectiveConfig.class);
        ConfigComparison difference = read(send(asAdmin(
                namespace + "/effective-config/comparison?application=orders&instance=orders-1")),
                ConfigComparison.class);
        ConfigComparison none = read(send(asAdmin(namespace
                + "/effective-config/comparison?application=orders&instance=orders-1&toInstance=orders-1")),
                ConfigComparison.class);

        assertThat(chosen.items().getLast().gray()).isTrue();
        assertThat(chosen.properties().getFirst().chosen()).satisfies(origin -> {
            assertThat(origin.value()).isEqualTo("2");
            assertThat(origin.version()).isEqualTo(2);
            assertThat(origin.gray()).isTrue();
        });
        assertThat(other.properties().getFirst().chosen().value()).isEqualTo("1");
        assertThat(difference.differences()).singleElement().satisfies(one -> {
            assertThat(one.from().gray()).isTrue();
            assertThat(one.to().gray()).isFalse();
        });
        assertThat(none.differences()).isEmpty();
        assertField(path + "&instance=-", "instance");
        assertField(path + "&address=here", "address");
        assertField(path + "&label=zone", "label");
        assertField(path + "&secrets=no", "secrets");
        String comparison = namespace + "/effective-config/comparison?application=orders";
        assertField(comparison + "&toInstance=-", "toInstance");
        assertField(comparison + "&toAddress=here", "toAddress");
        assertField(comparison + "&toLabel=zone", "toLabel");
        assertField(comparison + "&secrets=no", "secrets");
    }

    @Test
    void comparesVersions() {
        String path = NAMESPACE + "/configs/compared";
        publish(NAMESPACE, "compared", "a: 1\n");
        send(json(asAdmin(path).header("If-Match", "\"1\""), "PUT", "{\"format\":\"yaml\",\"content\":\"a: 2\"}"));

        ConfigComparison preview = read(send(asAdmin(path + "/comparison?to=1")), ConfigComparison.class);

        assertThat(preview.differences()).singleElement().satisfies(one -> {
            assertThat(one.from().value()).isEqualTo("2");
            assertThat(one.to().value()).isEqualTo("1");
        });
        assertThat(problem(send(asAdmin(path + "/comparison?to=7"))).code()).isEqualTo("version-not-found");
        assertThat(problem(send(asAdmin(path + "/comparison?toItem=never"))).code()).isEqualTo("config-not-found");
        assertField(path + "/comparison?to=0", "to");
        assertField(path + "/comparison?from=x", "from");
    }

    @Test
    void searches() {
        publish("/api/v1/namespaces/effective-search", "one", "spring.datasource.url: jdbc:effective-search\nx: 1\n");
        publish("/api/v1/namespaces/effective-search", "two", "url: jdbc:effective-search\n");

        JsonNode page = read(send(asAdmin("/api/v1/config-search?text=JDBC:effective-search&limit=1")), JsonNode.class);
        JsonNode rest = read(send(asAdmin("/api/v1/config-search?text=JDBC:effective-search&cursor="
                + page.get("nextCursor").asString())), JsonNode.class);
        JsonNode byPath = read(send(asAdmin(
                "/api/v1/config-search?namespace=effective-search&path=spring.*.url")), JsonNode.class);

        send(json(asAdmin("/api/v1/namespaces/effective-search/configs/two/details"), "PUT",
                "{\"labels\":{\"team\":\"effective-search\"}}"));
        JsonNode labelled = read(send(asAdmin("/api/v1/config-search?label=team=effective-search")), JsonNode.class);

        assertThat(labelled.get("items")).singleElement()
                .satisfies(hit -> assertThat(hit.get("name").asString()).isEqualTo("two"));
        assertField("/api/v1/config-search?label=team", "label");
        assertThat(page.at("/items/0/name").asString()).isEqualTo("one");
        assertThat(rest.at("/items/0/name").asString()).isEqualTo("two");
        assertThat(byPath.at("/items/0/value").asString()).isEqualTo("jdbc:effective-search");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertField(NAMESPACE + "/effective-config", "application");
        assertField(NAMESPACE + "/effective-config?application=-", "application");
        assertField(NAMESPACE + "/effective-config?application=a&profiles=a,,b", "profiles");
        assertField(NAMESPACE + "/effective-config?application=a&prefix=" + "x".repeat(201), "prefix");
        assertField(NAMESPACE + "/effective-config/comparison?application=a&toNamespace=-", "namespace");
        assertField("/api/v1/config-search", "text");
        assertField("/api/v1/config-search?path=%20", "path");
        for (String cursor : List.of("NDIgeA", "NDIgYS9iLy0x", "x")) {
            assertField("/api/v1/config-search?text=x&cursor=" + cursor, "cursor");
        }
    }

    private void publish(String namespace, String item, String content) {
        send(json(asAdmin(namespace + "/configs/" + item), "PUT",
                "{\"format\":\"yaml\",\"content\":\"" + content.replace("\n", "\\n") + "\"}"));
    }

    private void assertField(String path, String field) {
        HttpResponse<String> answer = send(asAdmin(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        Problem problem = problem(answer);
        assertThat(problem.code()).isEqualTo("invalid-argument");
        assertThat(problem.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }
}
