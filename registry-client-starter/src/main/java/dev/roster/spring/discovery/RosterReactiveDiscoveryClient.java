package dev.roster.spring.discovery;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Finds services through Roster without blocking; otherwise as {@link RosterDiscoveryClient}. */
public final class RosterReactiveDiscoveryClient implements ReactiveDiscoveryClient {
    private final ServiceView view;
    private final int order;

    RosterReactiveDiscoveryClient(ServiceView view, int order) {
        this.view = view;
        this.order = order;
    }

    @Override
    public String description() {
        return "Roster Reactive Discovery Client";
    }

    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        return Mono.fromFuture(() -> view.instancesLater(serviceId)).flatMapIterable(instances -> instances);
    }

    @Override
    public Flux<String> getServices() {
        return Mono.fromCallable(view::names).subscribeOn(Schedulers.boundedElastic()).flatMapIterable(names -> names);
    }

    /** Fails if Roster refuses this application; not if Roster is away, since lookups are answered then as well. */
    @Override
    public Mono<Void> reactiveProbe() {
        return Mono.fromRunnable(view::probe);
    }

    @Override
    public int getOrder() {
        return order;
    }
}
