package dev.roster.server.registry;

import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what this member's replica shows, for metrics, and says in the log which services are protected. Counting reads all
 * of it, so it is done now and then: {@link #count} is to be called by one thread.
 */
public final class RegistryCensus {
    private static final Logger log = LoggerFactory.getLogger(RegistryCensus.class);

    private final Store store;
    private volatile Counts counts = new Counts(0, 0, 0, Map.of(), Set.of());
    private @Nullable Revision counted;

    /**
     * Makes it.
     *
     * @param meters asks for the numbers of the last count
     */
    public RegistryCensus(Store store, MeterRegistry meters) {
        this.store = store;
        Gauge.builder("roster.registry.services", this, census -> census.counts.services())
                .description("Services").register(meters);
        Gauge.builder("roster.registry.services.protected", this, census -> census.counts.protectedServices().size())
                .description("Services whose callers are given all instances because too few are healthy")
                .register(meters);
        Gauge.builder("roster.registry.instances.flapping", this, census -> census.counts.flapping())
                .description("Instances that stay out because they change too often").register(meters);
        Gauge.builder("roster.registry.instances.duplicate", this, census -> census.counts.duplicates())
                .description("Instances that have the host and port of another one of the same service")
                .register(meters);
        for (InstanceStatus status : InstanceStatus.values()) {
            Gauge.builder("roster.registry.instances", this,
                    census -> census.counts.instances().getOrDefault(status, 0))
                    .description("Instances").tag("status", status.label()).register(meters);
        }
    }

    private record Counts(int services, int flapping, int duplicates, Map<InstanceStatus, Integer> instances,
            Set<ServiceKey> protectedServices) {}

    /** Counts anew, unless all is as it was. */
    public void count() {
        ReadView view = store.view();
        Revision last = counted;
        if (last == null || !view.isUnchanged(RegistryKeys.all(), last)) {
            count(view);
        }
        counted = view.revision();
    }

    private void count(ReadView view) {
        Map<InstanceStatus, Integer> instances = new EnumMap<>(InstanceStatus.class);
        Set<ServiceKey> protectedServices = new HashSet<>();
        int[] services = new int[1];
        int[] flapping = new int[1];
        int[] duplicates = new int[1];
        new RegistryView(view).forEachService(service -> {
            services[0]++;
            service.instances().forEach(instance -> {
                instances.merge(instance.status(), 1, Integer::sum);
                flapping[0] += instance.isFlapping() ? 1 : 0;
            });
            duplicates[0] += service.instances().size() - (int) service.instances().stream()
                    .map(instance -> instance.registration().endpoint())
                    .map(endpoint -> endpoint.host() + ' ' + endpoint.port()).distinct().count();
            Protection protection = service.protection();
            if (protection.isActive()) {
                protectedServices.add(service.key());
                if (!counts.protectedServices().contains(service.key())) {
                    log.warn("Service {} is protected: {} of {} instances are healthy, less than {} of them;"
                            + " callers are given all", service.key(), protection.healthy(), protection.serving(),
                            protection.threshold());
                }
            }
        });
        counts.protectedServices().stream().filter(service -> !protectedServices.contains(service))
                .forEach(service -> log.info("Service {} is protected no longer", service));
        counts = new Counts(services[0], flapping[0], duplicates[0], instances, protectedServices);
    }
}
