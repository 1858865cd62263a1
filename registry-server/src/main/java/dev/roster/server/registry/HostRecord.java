package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/** The value of the key of a host in maintenance. Version 1; a golden test guards the bytes. */
final class HostRecord {
    private static final int VERSION = 1;

    private HostRecord() {}

    static Value write(HostMaintenance maintenance) {
        ValueWriter writer = new ValueWriter(VERSION);
        InterventionFields.write(writer, maintenance);
        return writer.toValue();
    }

    static HostMaintenance read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        try {
            HostMaintenance maintenance = InterventionFields.maintenance(reader);
            reader.end();
            return maintenance;
        } catch (InvalidArgumentException e) {
            throw reader.damaged("maintenance", 0, "makes no sense: " + e.getMessage());
        }
    }
}
