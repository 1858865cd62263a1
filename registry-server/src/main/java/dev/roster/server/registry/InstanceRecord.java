package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;

/** The value of an instance's key. Version 1; a golden test guards the bytes. */
final class InstanceRecord {
    private static final int VERSION = 1;

    private InstanceRecord() {}

    static Value write(Registration registration, Instant registeredAt) {
        return new ValueWriter(VERSION)
                .text(registration.host())
                .number(registration.port())
                .flag(registration.secure())
                .duration(registration.ttl())
                .optionalText(registration.zone())
                .textMap(registration.metadata())
                .instant(registeredAt)
                .toValue();
    }

    static RegisteredInstance read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        Registration registration = registration(reader);
        Instant registeredAt = reader.instant("registeredAt");
        reader.end();
        return new RegisteredInstance(RegistryKeys.read(stored.key()), registration, registeredAt,
                stored.modified().value());
    }

    private static Registration registration(ValueReader reader) {
        try {
            return new Registration(reader.text("host"), Math.toIntExact(reader.number("port")), reader.flag("secure"),
                    reader.duration("ttl"), reader.optionalText("zone"), reader.textMap("metadata"));
        } catch (InvalidArgumentException | ArithmeticException e) {
            // Nobody can have registered this: the caller who reads it has done nothing wrong.
            throw reader.damaged("registration", 0, "makes no sense: " + e.getMessage());
        }
    }
}
