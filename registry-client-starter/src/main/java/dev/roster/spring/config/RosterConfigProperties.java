package dev.roster.spring.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application is configured by Roster.
 *
 * @param enabled Whether imports of "roster:" are honoured; if not, they contribute nothing.
 * @param name Name of the application's configuration item; by default "spring.application.name".
 * @param timeout Time that a start waits for the configuration while Roster does not answer.
 * @param instanceId What tells this instance from others in reports and gray releases; by default "roster.discovery.instance-id", or
 *     application, host and port.
 * @param labels What gray releases may choose this instance by, beside "application" and "zone".
 * @param refresh Refresh of the running application.
 * @param reports Reports on what becomes of the configuration.
 */
@ConfigurationProperties("roster.config")
public record RosterConfigProperties(@DefaultValue("true") boolean enabled, @Nullable String name,
        @DefaultValue("10s") Duration timeout, @Nullable String instanceId, @DefaultValue Map<String, String> labels,
        @DefaultValue Refresh refresh, @DefaultValue Reports reports) {

    /** Binds the properties. */
    @ConstructorBinding
    public RosterConfigProperties {
        labels = Map.copyOf(labels);
    }

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterConfigProperties() {
        this(true, null, Duration.ofSeconds(10), null, Map.of(), new Refresh(true), new Reports(true));
    }

    /**
     * Refresh of the running application.
     *
     * @param enabled Whether a newly published version takes effect without a restart.
     */
    public record Refresh(@DefaultValue("true") boolean enabled) {}

    /**
     * Reports on what becomes of the configuration.
     *
     * @param enabled Whether Roster is told which version runs, what did not fit, and whether the application is well.
     */
    public record Reports(@DefaultValue("true") boolean enabled) {}
}
