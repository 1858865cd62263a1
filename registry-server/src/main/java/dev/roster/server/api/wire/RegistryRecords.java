package dev.roster.server.api.wire;

import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegisteredService;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServicePage;

/** What the registry holds, as records of the API. */
public final class RegistryRecords {
    private RegistryRecords() {}

    /** Returns an instance. */
    public static Instance instance(RegisteredInstance instance) {
        InstanceKey key = instance.key();
        ServiceKey service = key.service();
        Registration registration = instance.registration();
        return new Instance(service.namespace().value(), service.name().value(), key.id().value(), registration.host(),
                registration.port(), registration.secure(), registration.ttl(), registration.zone(),
                registration.metadata(), instance.registeredAt(), instance.revision());
    }

    /** Returns a service with its instances. */
    public static ServiceInstances service(RegisteredService service) {
        ServiceKey key = service.key();
        return new ServiceInstances(key.namespace().value(), key.name().value(), service.revision(),
                service.instances().stream().map(RegistryRecords::instance).toList());
    }

    /** Returns a service as a list shows it. */
    public static ServiceSummary summary(ServicePage.Entry service) {
        ServiceKey key = service.key();
        return new ServiceSummary(key.namespace().value(), key.name().value(), service.instances());
    }
}
