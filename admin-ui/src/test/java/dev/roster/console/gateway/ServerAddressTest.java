package dev.roster.console.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.console.fake.PageTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class ServerAddressTest extends PageTest {
    @Autowired
    private ServerAddress embedded;
    @LocalServerPort
    private int port;

    @Test
    void isThatOfTheWebServerAroundTheConsole() {
        assertThat(embedded.get()).isEqualTo(URI.create("http://127.0.0.1:" + port));
        assertThat(embedded.configured()).isNull();
    }

    @Test
    void isTheConfiguredOne() {
        URI elsewhere = URI.create("https://roster.example.org");

        assertThat(new ServerAddress(elsewhere, new ServerProperties()).get()).isEqualTo(elsewhere);
    }

    @Test
    void isUnknownBeforeTheStart() {
        ServerAddress address = new ServerAddress(null, new ServerProperties());

        assertThatThrownBy(address::get).isInstanceOf(ServerAwayException.class);
    }
}
