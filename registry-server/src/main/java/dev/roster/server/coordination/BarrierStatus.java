package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.Optional;

/**
 * A barrier at one revision.
 *
 * @param barrier which one
 * @param phase what has become of it
 * @param parties how many have to arrive
 * @param standing how many have arrived and not gone since
 * @param created store revision that made it, which tells it from one that had its name before
 * @param revision the store revision that this shows
 */
public record BarrierStatus(BarrierKey barrier, BarrierPhase phase, int parties, int standing, long created,
        long revision) {

    /** Reads a barrier, if it is there. Nobody writes that it is broken: that follows from fewer standing than have arrived. */
    static Optional<BarrierStatus> read(ReadView view, BarrierKey barrier) {
        return view.find(CoordinationKeys.of(barrier)).map(stored -> read(view, barrier, stored));
    }

    /** Reads a barrier by what is stored of it as a whole. */
    static BarrierStatus read(ReadView view, BarrierKey barrier, KeyValue stored) {
        BarrierDefinition definition = BarrierDefinition.read(stored);
        int standing = (int) view.count(CoordinationKeys.arrivals(barrier));
        return new BarrierStatus(barrier, phase(definition, standing), definition.parties(), standing,
                stored.created().value(), view.revision().value());
    }

    private static BarrierPhase phase(BarrierDefinition definition, int standing) {
        if (definition.open()) {
            return BarrierPhase.OPEN;
        }
        return standing < definition.arrived() ? BarrierPhase.BROKEN : BarrierPhase.WAITING;
    }
}
