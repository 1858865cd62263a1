package dev.roster.api.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where callers of a service are to send how much.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param revision the store revision that this shows
 * @param zone where the callers are, null if that was not said
 * @param zonePreferred whether only instances of that zone have a weight
 * @param protection whether failures of its instances are taken for those of the checks
 * @param changesAt when the table becomes another one although nobody changes anything, by the clock of the member that
 *     answered; null if it does not
 * @param instances all that may be called, ordered by id
 */
public record LoadBalancingTable(String namespace, String service, long revision, @Nullable String zone,
        boolean zonePreferred, Protection protection, @Nullable Instant changesAt, List<WeightedInstance> instances) {
    public LoadBalancingTable {
        instances = List.copyOf(instances);
    }
}
