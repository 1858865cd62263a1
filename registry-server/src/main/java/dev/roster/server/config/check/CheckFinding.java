package dev.roster.server.config.check;

import org.jspecify.annotations.Nullable;

/**
 * Something about a property of a document that its application would not do as it says.
 *
 * @param kind what it is
 * @param line line of the property, from 1
 * @param column column of the property, from 1
 * @param path name of the property as it is written
 * @param problem what is wrong
 * @param expected what would be right
 */
public record CheckFinding(Kind kind, int line, int column, String path, String problem, String expected) {

    /** What a finding is. */
    public enum Kind {
        /** The application has no such property, but others that begin alike. */
        UNKNOWN,
        /** The value cannot be made what the property is. */
        WRONG_TYPE,
        /** The property should not be used any more. */
        DEPRECATED,
        /** The property is not read any more. */
        REMOVED,
        /** The schema of the item does not allow it. */
        SCHEMA
    }

    /** Tells whether a document with this is refused, where that was chosen. */
    boolean isFault() {
        return kind != Kind.DEPRECATED;
    }

    static CheckFinding of(Kind kind, int line, int column, String path, String problem, @Nullable String expected) {
        return new CheckFinding(kind, line, column, path, problem, expected == null ? "no such property" : expected);
    }
}
