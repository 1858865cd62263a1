package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.registry.StatusRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The registry over HTTP. */
record HttpRegistry(Session session) implements RegistryOperations {
    private static final Set<String> NO_INSTANCE = Set.of("instance-not-found", "service-not-found");
    private static final Set<String> NO_SERVICE = Set.of("service-not-found");

    @Override
    public Instance register(String service, String id, InstanceRegistration registration) {
        return session.ask(Call.idempotent("PUT", instance(service, id), registration), Instance.class);
    }

    @Override
    public void renew(String service, String id) {
        session.tell(Call.idempotent("PUT", instance(service, id).literal("/heartbeat"), null));
    }

    @Override
    public Instance say(String service, String id, InstanceStatus status) {
        return session.ask(
                Call.idempotent("PUT", instance(service, id).literal("/status"), new StatusRequest(status)),
                Instance.class);
    }

    @Override
    public DrainResult drain(String service, String id, Duration wait) {
        return session.ask(Call.idempotent("POST", instance(service, id).literal("/drain"), null).waiting(wait),
                DrainResult.class);
    }

    @Override
    public void deregister(String service, String id) {
        session.tell(Call.idempotent("DELETE", instance(service, id), null));
    }

    @Override
    public Instance get(String service, String id) {
        return session.ask(Call.read(instance(service, id)), Instance.class);
    }

    @Override
    public Optional<Instance> find(String service, String id) {
        return session.find(Call.read(instance(service, id)), Instance.class, NO_INSTANCE);
    }

    @Override
    public ServiceInstances get(String service) {
        return session.ask(Call.read(service(service)), ServiceInstances.class);
    }

    @Override
    public Optional<ServiceInstances> find(String service) {
        return session.find(Call.read(service(service)), ServiceInstances.class, NO_SERVICE);
    }

    @Override
    public Page<ServiceSummary> list(PageRequest page) {
        return session.askPage(Call.read(session.inNamespace().literal("/services").page(page)), ServiceSummary.class);
    }

    private Call.Path service(String service) {
        return session.inNamespace().literal("/services").segment("service", service);
    }

    private Call.Path instance(String service, String id) {
        return service(service).literal("/instances").segment("id", id);
    }
}
