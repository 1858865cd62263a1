package dev.roster.server.coordination;

import dev.roster.server.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what this member's replica shows, for metrics, when it is asked. */
public final class CoordinationCensus {

    /** Makes it. */
    public CoordinationCensus(Store store, MeterRegistry meters) {
        Gauge.builder("roster.coordination.sessions", store,
                replica -> replica.view().count(CoordinationKeys.sessions()))
                .description("Sessions by which locks and the like are held").register(meters);
    }
}
