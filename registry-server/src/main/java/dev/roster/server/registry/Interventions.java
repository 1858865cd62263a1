package dev.roster.server.registry;

import org.jspecify.annotations.Nullable;

/**
 * What people have decided about an instance.
 *
 * @param override what an operator says of it, null if nothing
 * @param maintenance set while its host is being worked on, otherwise null
 */
public record Interventions(@Nullable OperatorOverride override, @Nullable HostMaintenance maintenance) {

    /** Nothing was decided. */
    public static final Interventions NONE = new Interventions(null, null);

    /** Returns the same with maintenance of the host, null for none. */
    Interventions during(@Nullable HostMaintenance other) {
        return new Interventions(override, other);
    }
}
