package dev.roster.console;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param enabled Whether the console is served.
 * @param serverUrl Address of the Roster server that the console talks to, such as https://roster.example.org. The server it is embedded in
 *     when it is not set.
 * @param sessionTimeout Time without a request after which a user is signed out, from 1 minute to 12 hours.
 */
@ConfigurationProperties("roster.console")
public record ConsoleProperties(@DefaultValue("true") boolean enabled, @Nullable URI serverUrl,
        @DefaultValue("30m") Duration sessionTimeout) {
    private static final Duration MIN_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(12);

    public ConsoleProperties {
        if (serverUrl != null && (serverUrl.getHost() == null
                || !("http".equals(serverUrl.getScheme()) || "https".equals(serverUrl.getScheme())))) {
            throw new IllegalArgumentException("roster.console.server-url is '" + serverUrl
                    + "'; expected http://host:port or https://host:port");
        }
        if (sessionTimeout.compareTo(MIN_TIMEOUT) < 0 || sessionTimeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("roster.console.session-timeout is " + sessionTimeout
                    + "; expected 1 minute to 12 hours");
        }
    }
}
