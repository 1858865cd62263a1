package dev.roster.spring.actuator;

import dev.roster.client.AddressStatus;
import dev.roster.client.RosterClient;
import dev.roster.client.Watched;
import dev.roster.spring.config.RosterConfigEvent;
import dev.roster.spring.config.RosterConfigSource;
import dev.roster.spring.discovery.ServiceView;
import dev.roster.spring.registration.RosterServiceRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/** How the application stands with Roster, as meters. All gauges read what is known; none asks anybody. */
final class RosterMetrics implements MeterBinder {
    private static final String REFRESHES = "roster.config.refreshes";

    private final RosterClient client;
    private final @Nullable RosterServiceRegistry registry;
    private final @Nullable ServiceView view;
    private final @Nullable RosterConfigSource source;
    private final List<Refreshes> refreshes = new CopyOnWriteArrayList<>();

    RosterMetrics(RosterClient client, @Nullable RosterServiceRegistry registry, @Nullable ServiceView view,
            @Nullable RosterConfigSource source) {
        this.client = client;
        this.registry = registry;
        this.view = view;
        this.source = source;
    }

    private record Refreshes(Counter applied, Counter rejected) {}

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("roster.client.connected", client, all -> all.watch().status().connected() ? 1 : 0)
                .description("Whether changes are heard from Roster").register(meters);
        Gauge.builder("roster.client.revision", client, all -> all.watch().status().revision())
                .description("Revision of the store up to which everything followed is known").register(meters);
        for (AddressStatus server : client.addresses()) {
            Gauge.builder("roster.client.server.failures", client, all -> failures(all, server.address()))
                    .description("Failed attempts at an address since the last that succeeded")
                    .tag("address", server.address().toString()).register(meters);
        }
        if (registry != null) {
            Gauge.builder("roster.registrations", registry, all -> registrations(all, true)).tag("registered", "true")
                    .description("Instances that the application registers").register(meters);
            Gauge.builder("roster.registrations", registry, all -> registrations(all, false)).tag("registered", "false")
                    .description("Instances that the application registers").register(meters);
        }
        if (view != null) {
            Gauge.builder("roster.discovery.services", view, all -> all.followed().size())
                    .description("Services that are followed").register(meters);
            Gauge.builder("roster.discovery.instances", view, RosterMetrics::instances)
                    .description("Instances of the services that are followed").register(meters);
        }
        if (source != null) {
            bind(source, meters);
        }
    }

    private void bind(RosterConfigSource items, MeterRegistry meters) {
        Gauge.builder("roster.config.items", items, all -> all.reports().size())
                .description("Configuration items that the application imports").register(meters);
        Gauge.builder("roster.config.outdated", items,
                all -> all.reports().stream().filter(report -> report.applied() != report.current()).count())
                .description("Configuration items of which the application runs with another version than the current")
                .register(meters);
        Gauge.builder("roster.config.last.good", items,
                all -> all.reports().stream().filter(report -> report.origin() == Watched.Origin.LAST_GOOD).count())
                .description("Configuration items that are known from the last good copy only").register(meters);
        refreshes.add(new Refreshes(counter("applied", meters), counter("rejected", meters)));
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder(REFRESHES).description("Refreshes of the configuration").tag("outcome", outcome)
                .register(meters);
    }

    @EventListener
    void onRefresh(RosterConfigEvent event) {
        boolean applied = event instanceof RosterConfigEvent.Applied;
        refreshes.forEach(counters -> (applied ? counters.applied() : counters.rejected()).increment());
    }

    private static int failures(RosterClient client, URI address) {
        return client.addresses().stream().filter(status -> status.address().equals(address))
                .mapToInt(AddressStatus::failures).findFirst().orElse(0);
    }

    private static long registrations(RosterServiceRegistry registry, boolean registered) {
        return registry.states().stream()
                .filter(state -> state.status().equals(RosterServiceRegistry.UP) == registered).count();
    }

    private static int instances(ServiceView view) {
        return view.followed().values().stream()
                .mapToInt(service -> service.current().map(state -> state.instances().size()).orElse(0)).sum();
    }
}
