package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/**
 * What holds of a queue as a whole.
 *
 * @param capacity how many items it may hold
 * @param last number of the last item that was offered, 0 before the first
 */
record QueueDefinition(int capacity, long last) {
    private static final int VERSION = 1;

    Value write() {
        return new ValueWriter(VERSION).number(capacity).number(last).toValue();
    }

    static QueueDefinition read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        QueueDefinition definition = new QueueDefinition((int) reader.number("capacity"), reader.number("last"));
        reader.end();
        return definition;
    }

    QueueDefinition next() {
        return new QueueDefinition(capacity, last + 1);
    }
}
