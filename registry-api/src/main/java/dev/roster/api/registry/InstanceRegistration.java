package dev.roster.api.registry;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of an instance when it registers it.
 *
 * @param host IP address or DNS name under which consumers reach the instance, 1 to 253 characters
 * @param port TCP port, 1 to 65535
 * @param secure whether consumers use TLS; null means false
 * @param ttl how long the instance lives without a heartbeat, 1 s to 1 day; null means 30 s
 * @param zone failure domain, such as a data center or an availability zone
 * @param metadata free text by name, at most 64 entries, names to 63 characters, values to 1,024; null means none
 */
public record InstanceRegistration(@Nullable String host, @Nullable Integer port, @Nullable Boolean secure,
        @Nullable Duration ttl, @Nullable String zone, @Nullable Map<String, String> metadata) {}
