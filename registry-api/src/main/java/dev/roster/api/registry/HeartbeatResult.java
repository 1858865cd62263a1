package dev.roster.api.registry;

import java.util.List;

/**
 * What came of the signs of life of many instances.
 *
 * @param missing those that are not registered, or not any more, in the order asked: they have to register again
 */
public record HeartbeatResult(List<InstanceName> missing) {
    public HeartbeatResult {
        missing = List.copyOf(missing);
    }
}
