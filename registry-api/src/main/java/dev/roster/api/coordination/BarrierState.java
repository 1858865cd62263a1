package dev.roster.api.coordination;

/**
 * A barrier as a whole.
 *
 * @param namespace its namespace
 * @param name its name
 * @param phase what has become of it
 * @param parties how many have to arrive
 * @param standing how many have arrived and not gone since
 * @param revision store revision that this shows
 */
public record BarrierState(String namespace, String name, BarrierPhase phase, int parties, int standing,
        long revision) {}
