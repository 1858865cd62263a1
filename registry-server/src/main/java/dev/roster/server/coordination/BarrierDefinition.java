package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/**
 * What holds of a barrier as a whole.
 *
 * @param parties how many have to arrive
 * @param arrived how many have, whether or not they still stand; later ones, after it has opened, are not counted
 * @param open whether all stood at it at one revision
 */
record BarrierDefinition(int parties, int arrived, boolean open) {
    private static final int VERSION = 1;

    Value write() {
        return new ValueWriter(VERSION).number(parties).number(arrived).flag(open).toValue();
    }

    static BarrierDefinition read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        BarrierDefinition definition = new BarrierDefinition((int) reader.number("parties"),
                (int) reader.number("arrived"), reader.flag("open"));
        reader.end();
        return definition;
    }

    /** Returns the same when one more has arrived. */
    BarrierDefinition next() {
        return new BarrierDefinition(parties, arrived + 1, arrived + 1 == parties);
    }
}
