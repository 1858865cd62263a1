package dev.roster.api.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is to get of the traffic.
 *
 * @param id unique within the service
 * @param host IP address or DNS name
 * @param port main TCP port
 * @param secure whether consumers use TLS on the main port
 * @param ports further ports by name, possibly none
 * @param status the status that counts
 * @param zone failure domain, null if none was given
 * @param weight share of the traffic beside the others'; 0 means none as long as another has some
 * @param slowStart whether it has become healthy so recently that it has not come to its weight yet
 */
public record WeightedInstance(String id, String host, int port, boolean secure, Map<String, Integer> ports,
        InstanceStatus status, @Nullable String zone, double weight, boolean slowStart) {
    public WeightedInstance {
        ports = ports == null ? Map.of() : Map.copyOf(ports);
    }
}
