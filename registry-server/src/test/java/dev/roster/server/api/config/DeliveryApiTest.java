package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigAdoption;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DeliveryApiTest extends ServerTest {
    private static final String NAMESPACE = "/api/v1/namespaces/delivery-api";

    @Test
    void tellsWhatApplicationsRunWith() {
        send(json(asAdmin(NAMESPACE + "/configs/orders"), "PUT", "{\"format\":\"text\",\"content\":\"x\"}"));
        HttpResponse<String> kept = report("orders-1:8080",
                "{\"name\":\"orders\",\"fetchedVersion\":1,\"appliedVersion\":1}");
        assertThat(kept.statusCode()).isEqualTo(204);
        report("orders-2:8080", "{\"name\":\"orders\",\"fetchedVersion\":1,"
                + "\"errors\":[{\"property\":\"a\",\"message\":\"b\"},{\"message\":\"c\"}]}");

        ConfigAdoption adoption = read(send(asAdmin(NAMESPACE + "/configs/orders/adoption")), ConfigAdoption.class);

        assertThat(adoption.version()).isEqualTo(1);
        assertThat(adoption.clients()).isEqualTo(2);
        assertThat(adoption.applied()).isEqualTo(1);
        assertThat(adoption.failed()).isEqualTo(1);
        assertThat(adoption.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.client()).isEqualTo("orders-2:8080");
            assertThat(pending.application()).isEqualTo("orders");
            assertThat(pending.errors()).hasSize(2);
            assertThat(pending.errors().getLast().property()).isNull();
        });
        assertThat(problem(send(asAdmin(NAMESPACE + "/configs/never/adoption"))).code()).isEqualTo("config-not-found");
    }

    @Test
    void refusesReportsThatMakeNoSense() {
        assertField(report("-", "{\"name\":\"orders\"}"), "client");
        assertField(report("a", "null"), "items[0]");
        assertField(report("a", "{}"), "items[0].name");
        assertField(report("a", "{\"name\":\"-\"}"), "items[0].name");
        assertField(report("a", "{\"name\":\"a\"},{\"name\":\"b\",\"appliedVersion\":-1}"), "items[1].appliedVersion");
        assertField(report("a", "{\"name\":\"a\",\"errors\":[{}]}"), "items[0].errors");
        assertField(report("a", "{\"name\":\"a\"},{\"name\":\"a\"}"), "items");
        assertField(send(json(asAdmin(NAMESPACE + "/config-reports/a"), "PUT", "{}")), "items");
    }

    private HttpResponse<String> report(String client, String items) {
        return send(json(asAdmin(NAMESPACE + "/config-reports/" + client), "PUT",
                "{\"application\":\"orders\",\"items\":[" + items + "]}"));
    }

    private void assertField(HttpResponse<String> answer, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        Problem problem = problem(answer);
        assertThat(problem.code()).isEqualTo("invalid-argument");
        assertThat(problem.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }
}
