package dev.roster.server.api.registry;

import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.ServiceSubscribers;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.subscriber.Attendance;
import dev.roster.server.subscriber.Subscriber;
import dev.roster.server.subscriber.SubscriberName;

/** Who follows a service, as records of the API. */
final class SubscriberRecords {
    private SubscriberRecords() {}

    static ServiceSubscribers of(ServiceKey service, long revision, Attendance all) {
        return new ServiceSubscribers(service.namespace().value(), service.name().value(), revision,
                all.acknowledging(), all.silent(),
                all.subscribers().stream().map(SubscriberRecords::subscriber).toList(),
                all.unheard().stream().sorted().toList());
    }

    static DrainResult drained(RegisteredInstance instance, Attendance late) {
        return new DrainResult(instance.revision(),
                late.isNobody() ? DrainResult.Outcome.ACKNOWLEDGED : DrainResult.Outcome.DEADLINE,
                RegistryRecords.instance(instance), late.acknowledging(), late.silent(), late.found(),
                late.subscribers().stream().map(SubscriberRecords::subscriber).toList(),
                late.unheard().stream().sorted().toList());
    }

    /** The id of the stream is left out: it is for its reader alone. */
    private static dev.roster.api.registry.Subscriber subscriber(Subscriber one) {
        SubscriberName name = one.name();
        return new dev.roster.api.registry.Subscriber(name == null ? null : name.value(), one.watch().member(),
                one.caller(), one.address(), one.since(), one.connected(), one.acknowledged());
    }
}
