package dev.roster.server.registry;

import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import java.util.Optional;

/** Tells those who follow the store what concerns the registry. */
public final class RegistryChanges {
    private RegistryChanges() {}

    /** Returns what to follow to learn all changes of a service: of its definition and its instances. */
    public static KeyRange range(ServiceKey service) {
        return RegistryKeys.all(service);
    }

    /** Returns what to follow to learn all changes of all services. */
    public static KeyRange everything() {
        return RegistryKeys.all();
    }

    /** Returns what a change of a key means for a service, empty if the key is not that of a definition. */
    public static Optional<ServiceEvent> decodeService(KeyEvent event) {
        if (!RegistryKeys.all().contains(event.key()) || !RegistryKeys.isDefinition(event.key())) {
            return Optional.empty();
        }
        KeyValue current = event.current();
        return Optional.of(new ServiceEvent(RegistryKeys.service(event.key()),
                current == null ? null : ServiceRecord.read(current)));
    }

    /** Returns what a change of a key means for an instance, empty if the key is not that of an instance. */
    public static Optional<InstanceEvent> decodeInstance(KeyEvent event) {
        if (!RegistryKeys.all().contains(event.key()) || RegistryKeys.isDefinition(event.key())) {
            return Optional.empty();
        }
        KeyValue current = event.current();
        return Optional.of(new InstanceEvent(RegistryKeys.read(event.key()),
                current == null ? null : InstanceRecord.read(current)));
    }
}
