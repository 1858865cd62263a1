package dev.roster.server.registry;

import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes services that are defined, and not to stay, and have had no instance for a long time. A service without a definition
 * needs no removal: it is gone with its last instance.
 *
 * <p>Every member looks, and counts by its own clock from when it first saw the service empty: so no clock of another member
 * matters, and a restart gives every service its full time again. Who comes first removes it, if it still is as it was seen
 * and still has no instance. {@link #sweep} is to be called by one thread, every few seconds: an instance that comes and goes
 * between two looks is not noticed.
 */
public final class EmptyServices {
    private static final Logger log = LoggerFactory.getLogger(EmptyServices.class);

    private final Store store;
    private final Duration keep;
    private final LongSupplier nanoTime;
    private final Counter removed;
    private Map<ServiceKey, Sighting> empty = new HashMap<>();

    /**
     * Makes it.
     *
     * @param keep how long a service stays without an instance
     * @param nanoTime a clock that never jumps
     * @param meters told how many were removed
     */
    public EmptyServices(Store store, Duration keep, LongSupplier nanoTime, MeterRegistry meters) {
        this.store = store;
        this.keep = keep;
        this.nanoTime = nanoTime;
        this.removed = Counter.builder("roster.registry.services.removed")
                .description("Services that were removed because they had no instance for too long").register(meters);
    }

    /**
     * When a service was first seen empty.
     *
     * @param revision of its definition: who defines it anew gives it its time again
     * @param nanos when
     */
    private record Sighting(long revision, long nanos) {}

    /** Looks at every service. */
    public void sweep() {
        long now = nanoTime.getAsLong();
        Map<ServiceKey, Sighting> next = new HashMap<>();
        new RegistryView(store.view()).forEachEmptyService(service -> {
            if (!service.definition().persistent()) {
                Sighting before = empty.get(service.key());
                next.put(service.key(), before != null && before.revision() == service.revision()
                        ? before
                        : new Sighting(service.revision(), now));
            }
        });
        empty = next;
        next.forEach((service, sighting) -> {
            if (now - sighting.nanos() >= keep.toNanos()) {
                remove(service, sighting.revision());
            }
        });
    }

    private void remove(ServiceKey service, long revision) {
        Key key = RegistryKeys.of(service);
        Txn removal = new Txn(
                List.of(Compare.modifiedAt(key, new Revision(revision)),
                        new Compare(RegistryKeys.instances(service), Compare.Field.VERSION, Compare.Relation.EQUAL, 0,
                                null)),
                List.of(new DeleteKeys(key).withoutPrevious()), List.of());
        try {
            if (Outcome.await(store.commit(removal)).succeeded()) {
                removed.increment();
                log.info("Service {} is removed: it has had no instance for {}", service, keep);
            }
        } catch (StoreException e) {
            log.debug("Service {} is not removed now, trying again", service, e);
        }
    }
}
