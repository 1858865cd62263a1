package dev.roster.console.fake;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.security.Role;
import dev.roster.console.ConsoleConfiguration;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** A console over a fake server that is new for each test. All tests share one application. */
@SpringBootTest(classes = PageTest.Console.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class PageTest {
    /** The present, for all pages. */
    protected static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

    @Autowired
    private ReplaceableGateway gateway;
    @LocalServerPort
    private int port;

    /** The server behind the console. */
    protected FakeRoster server;
    /** Nobody has signed in yet. */
    protected Browser browser;

    @BeforeEach
    void renew() {
        server = new FakeRoster(InstantSource.fixed(NOW.minus(Duration.ofMinutes(3))));
        server.addUser("mira", Role.EDITOR, "correct horse battery");
        server.addUser("reader", Role.READER, "correct horse battery");
        gateway.replace(server);
        browser = newBrowser();
    }

    /** Another browser, with cookies of its own. */
    protected Browser newBrowser() {
        return new Browser(port);
    }

    /** What somebody else publishes, past the console. */
    protected ConfigItem publish(String name, String content, long base) {
        return as("mira").publish("default", name, new PublishRequest(ConfigFormat.YAML, content, null), base);
    }

    /** The server as a user sees it, past the console. */
    protected Roster as(String user) {
        return server.as(
                new AccessToken(server.signIn(user, "correct horse battery", Duration.ofHours(1)).secret()));
    }

    @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
    @Import(ConsoleConfiguration.class)
    static class Console {
        @Bean
        @Primary
        ReplaceableGateway replaceableGateway() {
            return new ReplaceableGateway();
        }

        @Bean
        InstantSource clock() {
            return InstantSource.fixed(NOW);
        }
    }
}
