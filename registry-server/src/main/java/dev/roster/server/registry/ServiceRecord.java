package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;

/**
 * The value of a service's key. Golden tests guard the bytes of each version:
 * <ol>
 * <li>everything but the rules of flapping;
 * <li>with these behind the selectors.
 * </ol>
 */
final class ServiceRecord {
    private static final int VERSION = 2;

    private ServiceRecord() {}

    static Value write(ServiceDefinition definition, String definedBy, Instant definedAt) {
        return new ValueWriter(VERSION)
                .fixed(Double.doubleToLongBits(definition.protectionThreshold()))
                .optionalText(definition.owner())
                .flag(definition.persistent())
                .textMap(definition.metadata())
                .textMap(definition.selectors())
                .number(definition.flapping().changes())
                .duration(definition.flapping().window())
                .duration(definition.flapping().quiet())
                .text(definedBy)
                .instant(definedAt)
                .toValue();
    }

    static DefinedService read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        ServiceDefinition definition = definition(reader);
        DefinedService service = new DefinedService(RegistryKeys.service(stored.key()), definition,
                reader.text("definedBy"), reader.instant("definedAt"), stored.modified().value());
        reader.end();
        return service;
    }

    private static ServiceDefinition definition(ValueReader reader) {
        try {
            return new ServiceDefinition(Double.longBitsToDouble(reader.fixed("protectionThreshold")),
                    reader.optionalText("owner"), reader.flag("persistent"), reader.textMap("metadata"),
                    reader.textMap("selectors"), reader.version() == 1 ? FlapRules.DEFAULT : flapping(reader));
        } catch (InvalidArgumentException | ArithmeticException e) {
            throw reader.damaged("definition", 0, "makes no sense: " + e.getMessage());
        }
    }

    private static FlapRules flapping(ValueReader reader) {
        return new FlapRules(Math.toIntExact(reader.number("changes")), reader.duration("window"),
                reader.duration("quiet"));
    }
}
