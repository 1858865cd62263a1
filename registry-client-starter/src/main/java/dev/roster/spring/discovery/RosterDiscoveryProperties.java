package dev.roster.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application is found, and how it finds others.
 *
 * @param enabled Whether to find services through Roster.
 * @param register Whether to register the application.
 * @param serviceName Name of the service; by default "spring.application.name".
 * @param instanceId Unique name of this instance within the service; by default host and port.
 * @param host Host name or IP address under which others reach the application; by default found from the network
 *     interfaces (see "spring.cloud.inetutils").
 * @param preferHostname Whether to register the host name found, rather than the IP address.
 * @param networkInterface Network interface whose address is registered, such as "eth1". Excludes host.
 * @param port Port under which others reach the application; by default that of its web server. An application without web
 *     server is registered only if this is set.
 * @param managementPort Port under which others reach Actuator, told in the metadata; by default that of the management server,
 *     if the application has one of its own.
 * @param ports Further ports by name, such as "grpc", told in the metadata.
 * @param secure Whether others reach the application by TLS; by default "server.ssl.enabled".
 * @param ttl Time after which the instance is gone when no heartbeat arrives; heartbeats are sent three times as often.
 * @param zone Failure domain of the instance.
 * @param weight Share of the requests that the instance gets, in proportion to the weights of the others. From 0 to 10000; 1 when it is
 *     not set.
 * @param tags Labels by which callers may choose instances.
 * @param metadata Free text by name.
 * @param drain Time between the end of the registration and the stop of the web server, for callers that are about to call, or have
 *     not heard of it yet.
 * @param drainTimeout Longest time that an instance which leaves waits, still serving, until all who follow the service have
 *     acknowledged that. Up to 25s; zero does not wait for anybody.
 * @param health Influence of the application's health on its registration.
 * @param lookupTimeout Time that the first lookup of a service waits for the server; later ones don't wait.
 * @param namesInterval Time from one look at the names of all services to the next, for whatever routes to all of them; zero never
 *     looks.
 * @param order Order of this discovery client among others.
 */
@ConfigurationProperties("roster.discovery")
public record RosterDiscoveryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean register,
        @Nullable String serviceName, @Nullable String instanceId, @Nullable String host, boolean preferHostname,
        @Nullable String networkInterface, @Nullable Integer port, @Nullable Integer managementPort,
        @DefaultValue Map<String, Integer> ports, @Nullable Boolean secure, @DefaultValue("30s") Duration ttl,
        @Nullable String zone, @Nullable Integer weight, @DefaultValue List<String> tags,
        @DefaultValue Map<String, String> metadata, @DefaultValue("1s") Duration drain,
        @DefaultValue("10s") Duration drainTimeout, @DefaultValue Health health,
        @DefaultValue("2s") Duration lookupTimeout, @DefaultValue("30s") Duration namesInterval,
        @DefaultValue("0") int order) {

    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofDays(1);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

    /** As long as a server lets a request for it wait. */
    private static final Duration LONGEST_DRAIN_TIMEOUT = Duration.ofSeconds(25);
    private static final Duration LONGEST_NAMES_INTERVAL = Duration.ofDays(1);
    private static final int GREATEST_PORT = 65_535;
    private static final int GREATEST_WEIGHT = 10_000;

    /** Binds the properties. */
    @ConstructorBinding
    public RosterDiscoveryProperties {
        check("ttl", ttl, SHORTEST_TTL, LONGEST_TTL);
        check("drain", drain, Duration.ZERO, LONGEST_DRAIN);
        check("drain-timeout", drainTimeout, Duration.ZERO, LONGEST_DRAIN_TIMEOUT);
        check("names-interval", namesInterval, Duration.ZERO, LONGEST_NAMES_INTERVAL);
        check("port", port, 1, GREATEST_PORT);
        check("management-port", managementPort, 1, GREATEST_PORT);
        ports.forEach((name, value) -> check("ports." + name, value, 1, GREATEST_PORT));
        check("weight", weight, 0, GREATEST_WEIGHT);
        ports = Map.copyOf(ports);
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterDiscoveryProperties() {
        this(true, true, null, null, null, false, null, null, null, Map.of(), null, Duration.ofSeconds(30), null, null,
                List.of(), Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(10),
                new Health(true, null, Duration.ofSeconds(10), 2),
                Duration.ofSeconds(2), Duration.ofSeconds(30), 0);
    }

    /**
     * Influence of the application's health on its registration.
     *
     * @param enabled Whether the application is registered only while it is ready and its health is not "DOWN" or
     *     "OUT_OF_SERVICE".
     * @param group Health group that counts, such as "readiness"; by default the whole health of the application, except for its
     *     view of Roster.
     * @param interval Time from one look at the health to the next.
     * @param failures Number of bad answers, one after another, that take the application out of service.
     */
    public record Health(@DefaultValue("true") boolean enabled, @Nullable String group,
            @DefaultValue("10s") Duration interval, @DefaultValue("2") int failures) {

        private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
        private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
        private static final int MOST_FAILURES = 1000;

        public Health {
            check("health.interval", interval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
            check("health.failures", failures, 1, MOST_FAILURES);
        }
    }

    private static void check(String name, @Nullable Integer value, int least, int greatest) {
        if (value != null && (value < least || value > greatest)) {
            throw new IllegalArgumentException("roster.discovery." + name + ": expected " + least + " to " + greatest
                    + ", got " + value);
        }
    }

    private static void check(String name, Duration value, Duration least, Duration greatest) {
        if (value.compareTo(least) < 0 || value.compareTo(greatest) > 0) {
            throw new IllegalArgumentException("roster.discovery." + name + ": expected " + least + " to " + greatest
                    + ", got " + value);
        }
    }
}
