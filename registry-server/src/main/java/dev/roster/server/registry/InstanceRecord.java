package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of an instance's key. Golden tests guard the bytes of each version:
 * <ol>
 * <li>host, port, secure, ttl, zone, metadata, registeredAt;
 * <li>everything that there is; the time to live is absent of a persistent instance.
 * </ol>
 */
final class InstanceRecord {
    private static final int VERSION = 2;

    private InstanceRecord() {}

    static Value write(Registration registration, Instant registeredAt, Instant statusSince) {
        Endpoint endpoint = registration.endpoint();
        Traits traits = registration.traits();
        ValueWriter writer = new ValueWriter(VERSION)
                .text(endpoint.host())
                .number(endpoint.port())
                .flag(endpoint.secure())
                .count(endpoint.ports().size());
        endpoint.ports().forEach((name, port) -> writer.text(name).number(port));
        return writer.optionalDuration(registration.ttl())
                .choice(registration.status())
                .optionalText(traits.zone())
                .optionalText(traits.cluster())
                .optionalText(traits.version())
                .texts(traits.tags())
                .fixed(Double.doubleToLongBits(traits.weight()))
                .textMap(traits.metadata())
                .instant(registeredAt)
                .instant(statusSince)
                .toValue();
    }

    static RegisteredInstance read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        Registration registration = registration(reader);
        Instant registeredAt = reader.instant("registeredAt");
        Instant statusSince = reader.version() == 1 ? registeredAt : reader.instant("statusSince");
        reader.end();
        return new RegisteredInstance(RegistryKeys.read(stored.key()), registration, registeredAt, statusSince,
                stored.modified().value());
    }

    private static Registration registration(ValueReader reader) {
        try {
            return reader.version() == 1 ? version1(reader) : version2(reader);
        } catch (InvalidArgumentException | ArithmeticException e) {
            // Nobody can have registered this: the caller who reads it has done nothing wrong.
            throw reader.damaged("registration", 0, "makes no sense: " + e.getMessage());
        }
    }

    private static Registration version1(ValueReader reader) {
        return new Registration(reader.text("host"), port(reader), reader.flag("secure"), reader.duration("ttl"),
                reader.optionalText("zone"), reader.textMap("metadata"));
    }

    private static Registration version2(ValueReader reader) {
        Endpoint endpoint = new Endpoint(reader.text("host"), port(reader), reader.flag("secure"), ports(reader));
        return new Registration(endpoint, reader.optionalDuration("ttl"),
                reader.choice("status", InstanceStatus.class),
                new Traits(reader.optionalText("zone"), reader.optionalText("cluster"),
                        reader.optionalText("version"), reader.texts("tags"),
                        Double.longBitsToDouble(reader.fixed("weight")), reader.textMap("metadata")));
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
