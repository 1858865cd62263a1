package dev.roster.spring.discovery;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Finds services through Roster. Instances come from memory, save for the first lookup of a service; the names of services
 * are asked for each time.
 */
public final class RosterDiscoveryClient implements DiscoveryClient {
    private final ServiceView view;
    private final int order;

    RosterDiscoveryClient(ServiceView view, int order) {
        this.view = view;
        this.order = order;
    }

    @Override
    public String description() {
        return "Roster Discovery Client";
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        return view.instances(serviceId);
    }

    @Override
    public List<String> getServices() {
        return view.names();
    }

    /** Fails if Roster refuses this application; not if Roster is away, since lookups are answered then as well. */
    @Override
    public void probe() {
        view.probe();
    }

    @Override
    public int getOrder() {
        return order;
    }
}
