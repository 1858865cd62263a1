package dev.roster.api.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of an instance when it registers it.
 *
 * @param host IP address or DNS name under which consumers reach the instance, 1 to 253 characters
 * @param port main TCP port, 1 to 65535
 * @param secure whether consumers use TLS on the main port; null means false
 * @param ports further ports by name, at most 16, each 1 to 65535; null means none
 * @param persistent whether it lives until it is removed, without heartbeats; null means false
 * @param ttl how long the instance lives without a heartbeat, 1 s to 1 day; null means 30 s; not of a persistent one
 * @param status how it is; null means {@link InstanceStatus#UP}
 * @param zone failure domain, such as a data center or an availability zone
 * @param cluster group of instances within the service
 * @param version what it runs
 * @param tags free words, at most 32 of 1 to 63 characters; null means none
 * @param weight share of the traffic beside the others', 0 to 10,000; null means 1
 * @param metadata free text by name, at most 64 entries, names to 63 characters, values to 1,024; null means none
 * @param checks how it is watched, at most 8; null means not at all but by heartbeats
 */
public record InstanceRegistration(@Nullable String host, @Nullable Integer port, @Nullable Boolean secure,
        @Nullable Map<String, Integer> ports, @Nullable Boolean persistent, @Nullable Duration ttl,
        @Nullable InstanceStatus status, @Nullable String zone, @Nullable String cluster, @Nullable String version,
        @Nullable List<String> tags, @Nullable Double weight, @Nullable Map<String, String> metadata,
        @Nullable List<CheckRegistration> checks) {

    /** Makes a registration of an instance that says little of itself. */
    public InstanceRegistration(@Nullable String host, @Nullable Integer port, @Nullable Boolean secure,
            @Nullable Duration ttl, @Nullable String zone, @Nullable Map<String, String> metadata) {
        this(host, port, secure, null, null, ttl, null, zone, null, null, null, null, metadata, null);
    }
}
