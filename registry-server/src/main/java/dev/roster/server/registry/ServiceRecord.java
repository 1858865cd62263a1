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
 * <li>everything but slowStart, which is zero, and the rules of flapping, which are the usual ones;
 * <li>the same, and these behind it.
 * </ol>
 * The oldest version that can say it is written, so that members may be upgraded one by one.
 */
final class ServiceRecord {
    private static final int VERSION = 2;

    private ServiceRecord() {}

    static Value write(ServiceDefinition definition, String definedBy, Instant definedAt) {
        FlapRules flapping = definition.flapping();
        boolean asVersion1 = definition.slowStart().isZero() && flapping.equals(FlapRules.DEFAULT);
        ValueWriter writer = new ValueWriter(asVersion1 ? 1 : VERSION)
                .fixed(Double.doubleToLongBits(definition.protectionThreshold()))
                .optionalText(definition.owner())
                .flag(definition.persistent())
                .textMap(definition.metadata())
                .textMap(definition.selectors())
                .text(definedBy)
                .instant(definedAt);
        if (!asVersion1) {
            writer.duration(definition.slowStart())
                    .number(flapping.changes())
                    .duration(flapping.window())
                    .duration(flapping.quiet());
        }
        return writer.toValue();
    }

    static DefinedService read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        try {
            DefinedService service = read(stored, reader);
            reader.end();
            return service;
        } catch (InvalidArgumentException | ArithmeticException e) {
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
        boolean isVersion1 = reader.version() == 1;
        Duration slowStart = isVersion1 ? Duration.ZERO : reader.duration("slowStart");
        FlapRules flapping = isVersion1 ? FlapRules.DEFAULT : flapping(reader);
        return new DefinedService(RegistryKeys.service(stored.key()),
                new ServiceDefinition(threshold, owner, persistent, metadata, selectors, slowStart, flapping),
                definedBy, definedAt, stored.modified().value());
    }

    private static FlapRules flapping(ValueReader reader) {
        return new FlapRules(Math.toIntExact(reader.number("changes")), reader.duration("window"),
                reader.duration("quiet"));
    }
}
