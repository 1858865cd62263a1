package dev.roster.api.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered instance of a service.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param id unique within the service
 * @param host IP address or DNS name
 * @param port main TCP port
 * @param secure whether consumers use TLS on the main port
 * @param ports further ports by name, possibly none
 * @param ttl how long it lives without a heartbeat, null for a persistent instance, which lives until it is removed
 * @param status the status that counts
 * @param statusSource who says so
 * @param statusSince since when, by the clock of the member that noted the change
 * @param flapping whether it stays out because it changes too often, until it is steady
 * @param statusChanges how often it became healthy or ceased to be within the window that ended with the last change
 * @param zone failure domain, null if none was given
 * @param cluster group of instances within the service, null if none was given
 * @param version what it runs, null if it does not say
 * @param tags free words, ordered, possibly none
 * @param weight share of the traffic beside the others', 0 to 10,000, that counts; 0 means none
 * @param metadata free text by name that counts, possibly empty
 * @param checks its checks with what came of them, possibly none
 * @param override what an operator says of it, null if nothing
 * @param maintenance set while its host is being worked on, otherwise null
 * @param registeredAt when this registration was written, by the clock of the member that took the request
 * @param revision store revision of the last change of this record
 */
public record Instance(String namespace, String service, String id, String host, int port, boolean secure,
        Map<String, Integer> ports, @Nullable Duration ttl, InstanceStatus status, StatusSource statusSource,
        Instant statusSince, boolean flapping, int statusChanges, @Nullable String zone, @Nullable String cluster,
        @Nullable String version,
        List<String> tags, double weight, Map<String, String> metadata, List<Check> checks,
        @Nullable InstanceOverride override, @Nullable HostMaintenance maintenance, Instant registeredAt,
        long revision) {
    public Instance {
        if (statusSource == null) {
            // As servers told it, and clients kept it on disk, before there were checks and weights.
            statusSource = StatusSource.REGISTERED;
            status = status == null ? InstanceStatus.UP : status;
            statusSince = statusSince == null ? registeredAt : statusSince;
            weight = weight == 0 ? 1 : weight;
        }
        ports = ports == null ? Map.of() : Map.copyOf(ports);
        tags = tags == null ? List.of() : List.copyOf(tags);
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        checks = checks == null ? List.of() : List.copyOf(checks);
    }

    /** Makes an instance that is up and says little of itself. */
    public Instance(String namespace, String service, String id, String host, int port, boolean secure, Duration ttl,
            @Nullable String zone, Map<String, String> metadata, Instant registeredAt, long revision) {
        this(namespace, service, id, host, port, secure, Map.of(), ttl, InstanceStatus.UP, StatusSource.REGISTERED,
                registeredAt, false, 0, zone, null, null, List.of(), 1, metadata, List.of(), null, null, registeredAt,
                revision);
    }
}
