package dev.roster.server.boot;

import dev.roster.server.config.delivery.ClientHealth;
import dev.roster.server.config.delivery.ClientName;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.InstanceStatus;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegistryView;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.registry.StatusSource;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Store;
import java.util.Set;

/**
 * Takes an application for what the registry knows of it, if it is registered as it reports: in the same namespace, its name being
 * that of the service and the client that of the instance. As this member's replica shows it.
 */
final class RegisteredHealth implements ClientHealth {

    /** What people have decided says nothing of the instance. */
    private static final Set<StatusSource> BY_PEOPLE = Set.of(StatusSource.OVERRIDDEN, StatusSource.MAINTENANCE);

    private final Store store;

    RegisteredHealth(Store store) {
        this.store = store;
    }

    @Override
    public boolean isWell(NamespaceName namespace, String application, ClientName client) {
        InstanceKey key;
        try {
            key = new InstanceKey(new ServiceKey(namespace, new ServiceName(application)),
                    new InstanceId(client.value()));
        } catch (InvalidArgumentException e) {
            // A name that no service or instance can have.
            return true;
        }
        return new RegistryView(store.view()).findInstance(key).map(RegisteredHealth::isWell).orElse(true);
    }

    private static boolean isWell(RegisteredInstance instance) {
        return instance.status() != InstanceStatus.DOWN || BY_PEOPLE.contains(instance.statusSource());
    }
}
