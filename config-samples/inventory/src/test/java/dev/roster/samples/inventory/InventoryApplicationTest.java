package dev.roster.samples.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

/** The application starts and answers while Roster is away. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "roster.client.addresses=http://127.0.0.1:1", "roster.client.last-good.enabled=false"})
class InventoryApplicationTest {

    @LocalServerPort
    private int port;

    @Test
    void tellsTheStockWhileRosterIsAway() {
        String stock = RestClient.create("http://127.0.0.1:" + port).get().uri("/stock/tea").retrieve()
                .body(String.class);

        assertThat(stock).contains("\"item\":\"tea\"", "\"servedBy\":" + port);
    }

    @Test
    void isHealthyWhileRosterIsAway() {
        String health = RestClient.create("http://127.0.0.1:" + port).get().uri("/actuator/health").retrieve()
                .body(String.class);

        assertThat(health).contains("\"status\":\"UP\"");
    }
}
