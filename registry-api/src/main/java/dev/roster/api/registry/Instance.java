package dev.roster.api.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered instance of a service.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param id unique within the service
 * @param host IP address or DNS name
 * @param port TCP port
 * @param secure whether consumers use TLS
 * @param ttl how long it lives without a heartbeat
 * @param zone failure domain, null if none was given
 * @param metadata free text by name, possibly empty
 * @param registeredAt when this registration was written, by the clock of the member that took the request
 * @param revision store revision of the last change of this record
 */
public record Instance(String namespace, String service, String id, String host, int port, boolean secure,
        Duration ttl, @Nullable String zone, Map<String, String> metadata, Instant registeredAt, long revision) {
    public Instance {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }
}
