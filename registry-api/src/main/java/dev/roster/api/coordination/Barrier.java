package dev.roster.api.coordination;

import java.util.List;

/**
 * A barrier, and who stands at it.
 *
 * @param namespace its namespace
 * @param name its name
 * @param phase what has become of it
 * @param parties how many have to arrive
 * @param arrivals those who have arrived and not gone since, in the order in which they came
 * @param revision store revision that this shows
 */
public record Barrier(String namespace, String name, BarrierPhase phase, int parties, List<BarrierArrival> arrivals,
        long revision) {
    public Barrier {
        arrivals = List.copyOf(arrivals);
    }
}
