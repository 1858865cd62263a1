package dev.roster.server.registry;

import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import java.util.Optional;

/** Tells those who follow the store what concerns the registry. */
public final class RegistryChanges {
    private RegistryChanges() {}

    /** Returns what to follow to learn all changes of the instances of a service. */
    public static KeyRange range(ServiceKey service) {
        return RegistryKeys.instances(service);
    }

    /** Returns what a change of a key means for the registry, empty if the key is not of the registry. */
    public static Optional<InstanceEvent> decode(KeyEvent event) {
        if (!RegistryKeys.all().contains(event.key())) {
            return Optional.empty();
        }
        KeyValue current = event.current();
        return Optional.of(new InstanceEvent(RegistryKeys.read(event.key()),
                current == null ? null : InstanceRecord.read(current)));
    }
}
