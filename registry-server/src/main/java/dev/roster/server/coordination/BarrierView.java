package dev.roster.server.coordination;

import java.util.List;

/**
 * A barrier, and who stands at it, at one revision.
 *
 * @param status the barrier
 * @param arrivals in the order in which they came
 */
public record BarrierView(BarrierStatus status, List<BarrierArrival> arrivals) {
    public BarrierView {
        arrivals = List.copyOf(arrivals);
    }
}
