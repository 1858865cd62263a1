package dev.roster.spring.discovery;

import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceOverride;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance as Spring Cloud sees it. Its metadata has the zone under {@code zone}, where LoadBalancer looks for it.
 */
public final class RosterServiceInstance implements ServiceInstance {
    private final Instance instance;
    private final Map<String, String> metadata;
    private final URI uri;

    /** Makes the view of an instance. */
    public RosterServiceInstance(Instance instance) {
        this.instance = instance;
        this.metadata = metadata(instance);
        this.uri = uri(getScheme(), instance.host(), instance.port());
    }

    private static Map<String, String> metadata(Instance instance) {
        Map<String, String> all = new LinkedHashMap<>(instance.metadata());
        String zone = instance.zone();
        if (zone != null) {
            all.putIfAbsent(InstanceMetadata.ZONE, zone);
        }
        return Map.copyOf(all);
    }

    /** Returns the URI of a host and port; an IPv6 address gets its brackets (RFC 3986, section 3.2.2). */
    public static URI uri(String scheme, String host, int port) {
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return URI.create(scheme + "://" + (bare ? "[" + host + "]" : host) + ":" + port);
    }

    /** Returns when the instance was registered, by the clock of the server. */
    public Instant registeredAt() {
        return instance.registeredAt();
    }

    /** Returns the weight that counts, from 0 to 10,000. */
    public double weight() {
        return instance.weight();
    }

    /** Tells whether an operator has given it the weight. */
    public boolean isWeightOverridden() {
        InstanceOverride override = instance.override();
        return override != null && override.weight() != null;
    }

    @Override
    public String getInstanceId() {
        return instance.id();
    }

    @Override
    public String getServiceId() {
        return instance.service();
    }

    @Override
    public String getHost() {
        return instance.host();
    }

    @Override
    public int getPort() {
        return instance.port();
    }

    @Override
    public boolean isSecure() {
        return instance.secure();
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public Map<String, String> getMetadata() {
        return metadata;
    }

    @Override
    public String getScheme() {
        return instance.secure() ? "https" : "http";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RosterServiceInstance that && instance.equals(that.instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return instance.service() + "/" + instance.id() + " at " + uri;
    }
}
