package dev.roster.server.config.check;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.List;
import java.util.Optional;

/**
 * Schemas of items, whether or not the items exist. They hold for what is published from then on. May be used by any thread;
 * changes wait for the store.
 */
public final class ItemSchemas {
    private static final int VERSION = 1;

    private final Store store;

    /** Keeps them in a store. */
    public ItemSchemas(Store store) {
        this.store = store;
    }

    /** Returns the schema of an item as this member's replica shows it. */
    public SchemaText get(Caller caller, NamespaceName namespace, String item) {
        caller.require(Role.READER);
        return store.view().find(CheckKeys.schema(namespace, item)).map(found -> read(found.value()))
                .orElse(new SchemaText("", 0));
    }

    /**
     * Sets the schema of an item. For admins: how long it takes to check a document is in the hands of whoever writes its schema.
     *
     * @param expectedNumber number of the schema that the caller has seen, 0 for none
     * @param text a JSON Schema, empty for none
     * @throws InvalidArgumentException if it is no schema
     * @throws CheckMismatchException if the item has another one
     */
    public SchemaText set(Caller caller, NamespaceName namespace, String item, long expectedNumber, String text) {
        caller.require(Role.ADMIN);
        if (!text.isEmpty()) {
            ItemSchema.parse(text);
        }
        Key key = CheckKeys.schema(namespace, item);
        Optional<KeyValue> stored = Outcome.await(store.linearizableView()).find(key);
        long number = stored.map(found -> read(found.value()).number()).orElse(0L);
        if (number != expectedNumber) {
            throw new CheckMismatchException("the schema of " + item, number);
        }
        SchemaText next = new SchemaText(text, number + 1);
        Compare unchanged = stored.map(found -> Compare.modifiedAt(key, found.modified()))
                .orElseGet(() -> Compare.absent(key));
        Value value = new ValueWriter(VERSION).text(text).number(next.number()).toValue();
        if (!Outcome.await(store.commit(Txn.when(List.of(unchanged), new PutKey(key, value)))).succeeded()) {
            throw new CheckMismatchException("the schema of " + item, get(caller, namespace, item).number());
        }
        return next;
    }

    static SchemaText read(Value value) {
        ValueReader reader = new ValueReader(value, VERSION);
        SchemaText schema = new SchemaText(reader.text("schema"), reader.number("number"));
        reader.end();
        return schema;
    }
}
