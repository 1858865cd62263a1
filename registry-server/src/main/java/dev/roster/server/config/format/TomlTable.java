package dev.roster.server.config.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of a TOML document while it is read, with what may yet be added to it (TOML 1.0, "Table", "Inline Table"): a table
 * is defined in one place only, be it by a header, by dotted keys below one header, or inline.
 */
final class TomlTable implements TomlNode {

    /** How a table came about. */
    enum Origin {
        /** The document itself, or an element of an array of tables. */
        FIXED,
        /** Named on the way by the header of another; may still be defined. */
        IMPLIED,
        /** Defined by a header of its own. */
        HEADER,
        /** Defined by dotted keys. */
        DOTTED,
        /** Written in braces. */
        INLINE
    }

    /**
     * A key with its value.
     *
     * @param value what it has
     * @param offset where the key is in the text
     */
    record Entry(TomlNode value, int offset) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final String text;
    private Origin origin;
    private int section;

    /**
     * Makes a table without entries.
     *
     * @param text the document, for messages
     * @param section number of the header or inline table within which it was made
     */
    TomlTable(String text, Origin origin, int section) {
        this.text = text;
        this.origin = origin;
        this.section = section;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** Defines the table of a header {@code [keys]} below this one and returns it. */
    TomlTable define(List<TomlKey> keys, int newSection) throws FlawFoundException {
        TomlTable parent = parentOf(keys);
        TomlKey last = keys.getLast();
        Entry known = parent.entries.get(last.name());
        if (known == null) {
            return parent.add(last, Origin.HEADER, newSection);
        }
        if (known.value() instanceof TomlTable table && table.origin == Origin.IMPLIED) {
            table.origin = Origin.HEADER;
            table.section = newSection;
            return table;
        }
        throw parent.duplicate(last, known);
    }

    /** Adds an element to the array of a header {@code [[keys]]} below this table and returns it. */
    TomlTable defineElement(List<TomlKey> keys, int newSection) throws FlawFoundException {
        TomlTable parent = parentOf(keys);
        TomlKey last = keys.getLast();
        TomlTable element = new TomlTable(text, Origin.FIXED, newSection);
        Entry known = parent.entries.get(last.name());
        if (known == null) {
            parent.entries.put(last.name(), new Entry(Array.ofTables(element), last.offset()));
        } else if (known.value() instanceof Array array && array.ofTables()) {
            array.elements().add(element);
        } else {
            throw parent.duplicate(last, known);
        }
        return element;
    }

    /** Adds a value below this table, within a section. */
    void put(List<TomlKey> keys, TomlNode value, int currentSection) throws FlawFoundException {
        TomlTable parent = this;
        for (TomlKey key : keys.subList(0, keys.size() - 1)) {
            parent = parent.dotted(key, currentSection);
        }
        TomlKey last = keys.getLast();
        Entry known = parent.entries.putIfAbsent(last.name(), new Entry(value, last.offset()));
        if (known != null) {
            throw parent.duplicate(last, known);
        }
    }

    /** Ends an inline table: nothing may be added to it. */
    void close() {
        origin = Origin.INLINE;
    }

    private TomlTable parentOf(List<TomlKey> keys) throws FlawFoundException {
        TomlTable parent = this;
        for (TomlKey key : keys.subList(0, keys.size() - 1)) {
            Entry known = parent.entries.get(key.name());
            parent = known == null ? parent.add(key, Origin.IMPLIED, 0) : parent.enter(key, known);
        }
        return parent;
    }

    /** Returns the table that a header names on the way to its own. */
    private TomlTable enter(TomlKey key, Entry known) throws FlawFoundException {
        TomlNode value = known.value() instanceof Array array && array.ofTables()
                ? array.elements().getLast()
                : known.value();
        if (value instanceof TomlTable table && table.origin != Origin.INLINE) {
            return table;
        }
        throw notExtensible(key, known);
    }

    /** Returns the table that a dotted key names on the way to its last part. */
    private TomlTable dotted(TomlKey key, int currentSection) throws FlawFoundException {
        Entry known = entries.get(key.name());
        if (known == null) {
            return add(key, Origin.DOTTED, currentSection);
        }
        if (known.value() instanceof TomlTable table) {
            if (table.origin == Origin.IMPLIED) {
                table.origin = Origin.DOTTED;
                table.section = currentSection;
                return table;
            }
            if (table.origin == Origin.DOTTED && table.section == currentSection) {
                return table;
            }
        }
        throw notExtensible(key, known);
    }

    private TomlTable add(TomlKey key, Origin newOrigin, int newSection) {
        TomlTable table = new TomlTable(text, newOrigin, newSection);
        entries.put(key.name(), new Entry(table, key.offset()));
        return table;
    }

    private FlawFoundException duplicate(TomlKey key, Entry known) {
        return new FlawFoundException(key.offset(),
                "found duplicate key " + key.name() + ", first given in line " + line(known));
    }

    private FlawFoundException notExtensible(TomlKey key, Entry known) {
        return new FlawFoundException(key.offset(),
                "found key " + key.name() + " used as a table, but line " + line(known)
                        + " has defined it as something that cannot be added to");
    }

    private int line(Entry known) {
        return DocumentFlaw.at(text, known.offset(), "", "").line();
    }
}
