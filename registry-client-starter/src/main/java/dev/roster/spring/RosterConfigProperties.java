package dev.roster.spring;

import java.time.Duration;
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
 * @param refresh Refresh of the running application.
 */
@ConfigurationProperties("roster.config")
public record RosterConfigProperties(@DefaultValue("true") boolean enabled, @Nullable String name,
        @DefaultValue("10s") Duration timeout, @DefaultValue Refresh refresh) {

    /** Binds the properties. */
    @ConstructorBinding
    public RosterConfigProperties {}

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterConfigProperties() {
        this(true, null, Duration.ofSeconds(10), new Refresh(true));
    }

    /**
     * Refresh of the running application.
     *
     * @param enabled Whether a newly published version takes effect without a restart.
     */
    public record Refresh(@DefaultValue("true") boolean enabled) {}
}
