package dev.roster.server.store.raft;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What becomes of leases, for operators. All but the counter are 0 on a member that does not lead. */
final class LeaseMetrics {

    private final Counter expired;

    /**
     * Registers the metrics.
     *
     * @param state what to show; never null
     */
    LeaseMetrics(MeterRegistry registry, Supplier<ExpiryState> state) {
        expired = Counter.builder("roster.lease.expired")
                .description("Leases that ended because nobody kept them alive")
                .register(registry);
        Gauge.builder("roster.lease.live", state, now -> now.get().leases())
                .description("Leases that the leader watches").strongReference(true).register(registry);
        Gauge.builder("roster.lease.overdue", state, now -> now.get().overdue())
                .description("Leases whose time is over and that have not been ended")
                .strongReference(true).register(registry);
        Gauge.builder("roster.lease.held.back", state, now -> now.get().heldBack() ? 1 : 0)
                .description("1 while the end of overdue leases is held back because they are so many")
                .strongReference(true).register(registry);
    }

    void recordExpired(int leases) {
        expired.increment(leases);
    }
}
