package dev.roster.server.subscriber;

import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a member is asked about those who follow a service.
 *
 * @param service the service
 * @param lagging whether only those are wanted that acknowledge and have not acknowledged {@code revision}
 * @param revision what the member itself must show before it answers
 * @param limit most subscribers wanted
 * @param names of whom it is to be told whether they are connected
 */
record AudienceQuestion(ServiceKey service, boolean lagging, long revision, int limit, Set<SubscriberName> names) {
    private static final int VERSION = 1;

    AudienceQuestion {
        names = Set.copyOf(names);
    }

    /** Asks for everybody. */
    static AudienceQuestion everybody(ServiceKey service, int limit) {
        return new AudienceQuestion(service, false, 0, limit, Set.of());
    }

    byte[] encode() {
        return new ValueWriter(VERSION).text(service.namespace().value()).text(service.name().value()).flag(lagging)
                .number(revision).number(limit)
                .texts(names.stream().map(SubscriberName::value).collect(Collectors.toCollection(TreeSet::new)))
                .toBytes();
    }

    static AudienceQuestion decode(byte[] bytes) {
        ValueReader reader = new ValueReader(bytes, VERSION);
        AudienceQuestion question = new AudienceQuestion(
                new ServiceKey(new NamespaceName(reader.text("namespace")), new ServiceName(reader.text("service"))),
                reader.flag("lagging"), reader.number("revision"), Math.toIntExact(reader.number("limit")),
                reader.texts("names").stream().map(SubscriberName::new).collect(Collectors.toSet()));
        reader.end();
        return question;
    }
}
