package dev.roster.spring.loadbalancer;

import dev.roster.spring.discovery.InstanceMetadata;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** Of the instances of a service, those that have the required tags; of these, those of the own zone if there are any. */
final class PreferredInstances extends DelegatingServiceInstanceListSupplier {
    private final Set<String> requiredTags;
    private final @Nullable String zone;

    /**
     * Makes a supplier.
     *
     * @param zone own zone, null to take instances of all zones
     */
    PreferredInstances(ServiceInstanceListSupplier all, Set<String> requiredTags, @Nullable String zone) {
        super(all);
        this.requiredTags = Set.copyOf(requiredTags);
        this.zone = zone;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return getDelegate().get().map(this::preferred);
    }

    @Override
    public Flux<List<ServiceInstance>> get(@SuppressWarnings("rawtypes") Request request) {
        return getDelegate().get(request).map(this::preferred);
    }

    private List<ServiceInstance> preferred(List<ServiceInstance> all) {
        List<ServiceInstance> tagged = requiredTags.isEmpty()
                ? all
                : filter(all, instance -> InstanceMetadata.tags(instance).containsAll(requiredTags));
        if (zone == null) {
            return tagged;
        }
        List<ServiceInstance> near = filter(tagged,
                instance -> zone.equalsIgnoreCase(InstanceMetadata.find(instance, InstanceMetadata.ZONE)));
        return near.isEmpty() ? tagged : near;
    }

    private static List<ServiceInstance> filter(List<ServiceInstance> instances, Predicate<ServiceInstance> wanted) {
        return instances.stream().filter(wanted).toList();
    }
}
