package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.config.delivery.ClientName;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.NamespaceName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of applications that are registered as they report see {@code GrayApiTest}. */
class RegisteredHealthTest {
    private final LocalStore local = new LocalStore();
    private final RegisteredHealth health = new RegisteredHealth(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void knowsNothingAgainstWhoIsNotRegistered() {
        assertThat(health.isWell(NamespaceName.DEFAULT, "orders", new ClientName("orders-1"))).isTrue();
    }

    @Test
    void knowsNothingOfNamesThatNoServiceCanHave() {
        assertThat(health.isWell(NamespaceName.DEFAULT, "Orders of today!", new ClientName("orders-1"))).isTrue();
        assertThat(health.isWell(NamespaceName.DEFAULT, "", new ClientName("orders-1"))).isTrue();
    }
}
