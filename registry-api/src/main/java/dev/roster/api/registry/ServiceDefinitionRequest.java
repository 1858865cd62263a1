package dev.roster.api.registry;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a service as a whole; replaces all that was said before.
 *
 * @param protectionThreshold share of healthy instances, 0 to 1, below which callers are given all of them; null means 0:
 *     never
 * @param owner who answers for it, 1 to 200 characters
 * @param persistent whether it stays when it has no instance; null means false
 * @param metadata free text by name, at most 64 entries, names to 63 characters, values to 1,024; null means none
 * @param selectors filters by name, for consumers that ask for a selection by its name, at most 16; null means none
 * @param slowStart within which an instance that has become healthy comes to its whole share of the traffic, to 1 hour; null
 *     means that it has it at once
 * @param flapping when its instances are taken to flap; null means as for a service that is not defined
 */
public record ServiceDefinitionRequest(@Nullable Double protectionThreshold, @Nullable String owner,
        @Nullable Boolean persistent, @Nullable Map<String, String> metadata,
        @Nullable Map<String, String> selectors, @Nullable Duration slowStart, @Nullable FlapRules flapping) {}
