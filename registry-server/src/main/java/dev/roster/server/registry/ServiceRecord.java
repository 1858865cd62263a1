package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The value of a service's key. Golden tests guard the bytes of each version:
 * <ol>
 * <li>everything but slowStart, which is zero;
 * <li>the same, and slowStart.
 * </ol>
 * The oldest version that can say it is written, so that members may be upgraded one by one.
 */
final class ServiceRecord {
    private static final int VERSION = 2;

    private ServiceRecord() {}

    static Value write(ServiceDefinition definition, String definedBy, Instant definedAt) {
        boolean asVersion1 = definition.slowStart().isZero();
        ValueWriter writer = new ValueWriter(asVersion1 ? 1 : VERSION)
                .fixed(Double.doubleToLongBits(definition.protectionThreshold()))
                .optionalText(definition.owner())
                .flag(definition.persistent())
                .textMap(definition.metadata())
                .textMap(definition.selectors())
                .text(definedBy)
                .instant(definedAt);
        return asVersion1 ? writer.toValue() : writer.duration(definition.slowStart()).toValue();
    }

    static DefinedService read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        try {
            DefinedService service = read(stored, reader);
            reader.end();
            return service;
        } catch (InvalidArgumentException e) {
            throw reader.damaged("definition", 0, "makes no sense: " + e.getMessage());
        }
    }

    private static DefinedService read(KeyValue stored, ValueReader reader) {
        double threshold = Double.longBitsToDouble(reader.fixed("protectionThreshold"));
        String owner = reader.optionalText("owner");
        boolean persistent = reader.flag("persistent");
        Map<String, String> metadata = reader.textMap("metadata");
        Map<String, String> selectors = reader.textMap("selectors");
        String definedBy = reader.text("definedBy");
        Instant definedAt = reader.instant("definedAt");
        Duration slowStart = reader.version() == 1 ? Duration.ZERO : reader.duration("slowStart");
        return new DefinedService(RegistryKeys.service(stored.key()),
                new ServiceDefinition(threshold, owner, persistent, metadata, selectors, slowStart), definedBy,
                definedAt, stored.modified().value());
    }
}
