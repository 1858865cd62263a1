package dev.roster.console;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The console as a process of its own, on port 7480 of loopback unless {@code server.address} and {@code server.port} say
 * otherwise; {@code roster.console.server-url} names the server.
 *
 * Not a component, so that a scan from {@link ConsoleConfiguration} inside a server passes it by.
 */
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ConsoleConfiguration.class)
public final class RosterConsole {
    private static final Map<String, Object> DEFAULTS = Map.of("server.address", "127.0.0.1", "server.port", "7480",
            "roster.console.server-url", "http://127.0.0.1:7400", "spring.threads.virtual.enabled", "true",
            "server.error.include-message", "never");

    RosterConsole() {}

    /** Starts the console. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(RosterConsole.class);
        application.setDefaultProperties(DEFAULTS);
        application.run(args);
    }
}
