package dev.roster.spring.coordination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Locks, leadership, semaphores, barriers, counters and queues.
 *
 * @param enabled Whether there are locks, leadership, semaphores, barriers, counters and queues.
 * @param namespace Namespace of what is held. Without, the one of "roster.client.namespace".
 * @param sessionTtl How long what the application holds outlives it when it dies; between 1 s and 1 h. Signs of life are sent three
 *     times as often.
 * @param sessionName What people are shown of who holds something. Without, the name of the application and its process id.
 * @param leader Leadership.
 * @param lockRegistry Lock registry for Spring Integration.
 */
@ConfigurationProperties("roster.coordination")
public record RosterCoordinationProperties(@DefaultValue("true") boolean enabled, @Nullable String namespace,
        @DefaultValue("15s") Duration sessionTtl, @Nullable String sessionName, @DefaultValue Leader leader,
        @DefaultValue LockRegistry lockRegistry) {
    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final Duration MAX_TTL = Duration.ofHours(1);

    /** Checks the time to live. */
    public RosterCoordinationProperties {
        if (sessionTtl.compareTo(MIN_TTL) < 0 || sessionTtl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException(
                    "roster.coordination.session-ttl: expected 1 s to 1 h, got " + sessionTtl);
        }
    }

    /**
     * Leadership.
     *
     * @param election Election of methods with "@LeaderOnly" that name none. Without, the name of the application.
     * @param value What others are shown of the leader, usually its address.
     */
    public record Leader(@Nullable String election, @Nullable String value) {}

    /**
     * Lock registry for Spring Integration.
     *
     * @param enabled Whether there is a lock registry for Spring Integration, if the application has that and no other registry.
     * @param prefix What the names of its locks begin with.
     */
    public record LockRegistry(@DefaultValue("true") boolean enabled, @Nullable String prefix) {}
}
