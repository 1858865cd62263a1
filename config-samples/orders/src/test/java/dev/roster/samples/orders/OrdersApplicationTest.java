package dev.roster.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClient;

/** The application starts and answers while Roster is away. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "roster.client.addresses=http://127.0.0.1:1", "roster.client.last-good.enabled=false",
        "roster.config.timeout=100ms", "roster.discovery.lookup-timeout=100ms"})
class OrdersApplicationTest {

    @LocalServerPort
    private int port;

    @Test
    void greetsByItselfWhileRosterIsAway() {
        assertThat(client().get().uri("/greeting").retrieve().body(String.class))
                .isEqualTo("Hello from the application itself");
    }

    @Test
    void saysThatInventoryIsAway() {
        var answer = client().get().uri("/orders/tea").exchange(
                (request, response) -> new Answer(response.getStatusCode(), response.bodyTo(String.class)));

        assertThat(answer.status().value()).isEqualTo(503);
        assertThat(answer.body()).contains("inventory does not answer", "No instances available for inventory");
    }

    private record Answer(HttpStatusCode status, String body) {}

    private RestClient client() {
        return RestClient.create("http://127.0.0.1:" + port);
    }
}
