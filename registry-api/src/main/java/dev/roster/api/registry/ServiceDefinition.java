package dev.roster.api.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a service as a whole.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param protectionThreshold share of healthy instances, 0 to 1, below which callers are given all of them; 0 means never
 * @param owner who answers for it, null if that was not said
 * @param persistent whether it stays when it has no instance
 * @param metadata free text by name, possibly empty
 * @param selectors filters by name, for consumers that ask for a selection by its name, possibly none
 * @param slowStart within which an instance that has become healthy comes to its whole share of the traffic; zero gives it at
 *     once
 * @param flapping when its instances are taken to flap; says nothing where the server does not tell it
 * @param definedBy name of the user who said so
 * @param definedAt when, by the clock of the member that took the request
 * @param revision store revision of the definition
 */
public record ServiceDefinition(String namespace, String service, double protectionThreshold, @Nullable String owner,
        boolean persistent, Map<String, String> metadata, Map<String, String> selectors, Duration slowStart,
        FlapRules flapping, String definedBy, Instant definedAt, long revision) {
    public ServiceDefinition {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        selectors = selectors == null ? Map.of() : Map.copyOf(selectors);
        slowStart = slowStart == null ? Duration.ZERO : slowStart;
        flapping = flapping == null ? new FlapRules(null, null, null) : flapping;
    }
}
