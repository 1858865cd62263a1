package dev.roster.spring;

import java.time.Duration;
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
 * @param port Port under which others reach the application; by default that of its web server. An application without web
 *     server is registered only if this is set.
 * @param secure Whether others reach the application by TLS; by default "server.ssl.enabled".
 * @param ttl Time after which the instance is gone when no heartbeat arrives; heartbeats are sent three times as often.
 * @param zone Failure domain of the instance.
 * @param metadata Free text by name.
 * @param lookupTimeout Time that the first lookup of a service waits for the server; later ones don't wait.
 * @param order Order of this discovery client among others.
 */
@ConfigurationProperties("roster.discovery")
public record RosterDiscoveryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean register,
        @Nullable String serviceName, @Nullable String instanceId, @Nullable String host, boolean preferHostname,
        @Nullable Integer port, @Nullable Boolean secure, @DefaultValue("30s") Duration ttl, @Nullable String zone,
        @DefaultValue Map<String, String> metadata, @DefaultValue("2s") Duration lookupTimeout,
        @DefaultValue("0") int order) {

    /** Binds the properties. */
    @ConstructorBinding
    public RosterDiscoveryProperties {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterDiscoveryProperties() {
        this(true, true, null, null, null, false, null, null, Duration.ofSeconds(30), null, Map.of(),
                Duration.ofSeconds(2), 0);
    }
}
