package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of an instance's key. Golden tests guard the bytes of each version:
 * <ol>
 * <li>host, port, secure, ttl, zone, metadata, registeredAt;
 * <li>everything that there is but healthySince, which is statusSince, how steady it is, and checks by TLS or gRPC; the time
 * to live is absent of a persistent instance;
 * <li>everything: behind the same healthySince, whether it is damped, and when it changed.
 * </ol>
 * The oldest version that can say it is written, so that members may be upgraded one by one.
 */
final class InstanceRecord {
    private static final int VERSION = 3;

    private InstanceRecord() {}

    /** Writes all but the key and the revision, which the store knows. */
    static Value write(RegisteredInstance instance) {
        Registration registration = instance.registration();
        Endpoint endpoint = registration.endpoint();
        Traits traits = registration.traits();
        boolean asVersion2 = isSaidByVersion2(instance);
        ValueWriter writer = new ValueWriter(asVersion2 ? 2 : VERSION)
                .text(endpoint.host())
                .number(endpoint.port())
                .flag(endpoint.secure())
                .count(endpoint.ports().size());
        endpoint.ports().forEach((name, port) -> writer.text(name).number(port));
        writer.optionalDuration(registration.ttl())
                .choice(registration.status())
                .optionalText(traits.zone())
                .optionalText(traits.cluster())
                .optionalText(traits.version())
                .texts(traits.tags())
                .fixed(Double.doubleToLongBits(traits.weight()))
                .textMap(traits.metadata())
                .count(instance.checks().size());
        instance.checks().forEach(state -> CheckFields.write(writer, state));
        InterventionFields.write(writer, instance.interventions());
        writer.instant(instance.registeredAt()).instant(instance.statusSince());
        if (!asVersion2) {
            Stability stability = instance.stability();
            writer.instant(instance.healthySince()).flag(stability.damped()).count(stability.changes().size());
            stability.changes().forEach(writer::instant);
        }
        return writer.toValue();
    }

    private static boolean isSaidByVersion2(RegisteredInstance instance) {
        return instance.healthySince().equals(instance.statusSince()) && instance.stability().equals(Stability.STEADY)
                && instance.registration().checks().stream().map(Check::method).allMatch(CheckFields::isSaidByVersion2);
    }

    static RegisteredInstance read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        try {
            return reader.version() == 1 ? version1(stored, reader) : sinceVersion2(stored, reader);
        } catch (InvalidArgumentException | ArithmeticException e) {
            // Nobody can have registered this: the caller who reads it has done nothing wrong.
            throw reader.damaged("registration", 0, "makes no sense: " + e.getMessage());
        }
    }

    private static RegisteredInstance version1(KeyValue stored, ValueReader reader) {
        Registration registration = new Registration(reader.text("host"), port(reader), reader.flag("secure"),
                reader.duration("ttl"), reader.optionalText("zone"), reader.textMap("metadata"));
        Instant registeredAt = reader.instant("registeredAt");
        reader.end();
        return RegisteredInstance.of(RegistryKeys.read(stored.key()), registration, registeredAt)
                .at(stored.modified().value());
    }

    private static RegisteredInstance sinceVersion2(KeyValue stored, ValueReader reader) {
        Endpoint endpoint = new Endpoint(reader.text("host"), port(reader), reader.flag("secure"), ports(reader));
        Duration ttl = reader.optionalDuration("ttl");
        InstanceStatus status = reader.choice("status", InstanceStatus.class);
        Traits traits = new Traits(reader.optionalText("zone"), reader.optionalText("cluster"),
                reader.optionalText("version"), reader.texts("tags"), Double.longBitsToDouble(reader.fixed("weight")),
                reader.textMap("metadata"));
        List<CheckState> checks = new ArrayList<>();
        for (int left = reader.count("checks"); left > 0; left--) {
            checks.add(CheckFields.read(reader));
        }
        Registration registration = new Registration(endpoint, ttl, status, traits,
                checks.stream().map(CheckState::check).toList());
        Interventions interventions = InterventionFields.read(reader);
        Instant registeredAt = reader.instant("registeredAt");
        Instant statusSince = reader.instant("statusSince");
        boolean isVersion2 = reader.version() == 2;
        RegisteredInstance instance = new RegisteredInstance(RegistryKeys.read(stored.key()), registration, checks,
                interventions, registeredAt, statusSince, isVersion2 ? statusSince : reader.instant("healthySince"),
                isVersion2 ? Stability.STEADY : stability(reader), stored.modified().value());
        reader.end();
        return instance;
    }

    private static Stability stability(ValueReader reader) {
        boolean damped = reader.flag("damped");
        List<Instant> changes = new ArrayList<>();
        for (int left = reader.count("changes"); left > 0; left--) {
            changes.add(reader.instant("changes"));
        }
        return new Stability(changes, damped);
    }

    private static Map<String, Integer> ports(ValueReader reader) {
        Map<String, Integer> ports = new TreeMap<>();
        for (int left = reader.count("ports"); left > 0; left--) {
            ports.put(reader.text("ports"), port(reader));
        }
        return ports;
    }

    private static int port(ValueReader reader) {
        return Math.toIntExact(reader.number("port"));
    }
}
