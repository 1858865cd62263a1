package dev.roster.server.config;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people say of items: labels, owner, description. It belongs to the name, and stays when the item is deleted. May be used
 * by any thread; a change waits for the store.
 */
public final class ItemNotes {
    private static final int VERSION = 1;

    private final Store store;

    /** Keeps them in a store. */
    public ItemNotes(Store store) {
        this.store = store;
    }

    /** Returns what is said of an item as this member's replica shows it. */
    public ItemDetails get(Caller caller, ItemKey item) {
        caller.require(Role.READER);
        return read(store.view(), item);
    }

    /**
     * Sets what is said of an item.
     *
     * @param expectedNumber number of the details that the caller has seen, 0 for none
     * @param details what to say; its number does not matter
     * @throws VersionMismatchException if something else is said
     */
    public ItemDetails set(Caller caller, ItemKey item, long expectedNumber, ItemDetails details) {
        caller.require(Role.EDITOR);
        Key key = ConfigKeys.details(item);
        Optional<KeyValue> stored = Outcome.await(store.linearizableView()).find(key);
        long number = stored.map(ItemNotes::read).orElse(ItemDetails.NONE).number();
        ItemDetails next = numbered(details, expectedNumber + 1);
        Compare unchanged = stored.map(found -> Compare.modifiedAt(key, found.modified()))
                .orElseGet(() -> Compare.absent(key));
        if (number != expectedNumber || !Outcome
                .await(store.commit(Txn.when(List.of(unchanged), new PutKey(key, write(next))))).succeeded()) {
            throw new VersionMismatchException(item, read(store.view(), item).number());
        }
        return next;
    }

    /** Returns what is said of an item at a revision. */
    public static ItemDetails read(ReadView view, ItemKey item) {
        return view.find(ConfigKeys.details(item)).map(ItemNotes::read).orElse(ItemDetails.NONE);
    }

    /** Returns what says something of an item, for those who plan changes. */
    public static Operation put(ReadView view, ItemKey item, ItemDetails details) {
        ItemDetails next = numbered(details, read(view, item).number() + 1);
        return new PutKey(ConfigKeys.details(item), write(next)).withoutPrevious();
    }

    private static ItemDetails numbered(ItemDetails details, long number) {
        return new ItemDetails(details.labels(), details.owner(), details.description(), number);
    }

    private static Value write(ItemDetails details) {
        return new ValueWriter(VERSION).textMap(details.labels()).optionalText(details.owner())
                .optionalText(details.description()).number(details.number()).toValue();
    }

    private static ItemDetails read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        ItemDetails details = new ItemDetails(new TreeMap<>(reader.textMap("labels")), reader.optionalText("owner"),
                reader.optionalText("description"), reader.number("number"));
        reader.end();
        return details;
    }
}
