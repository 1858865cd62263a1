package dev.roster.api.config;

/**
 * Something about a property that its application, or the schema of the item, would not have so.
 *
 * @param kind what it is
 * @param line line of the property, from 1
 * @param column column of the property, from 1
 * @param path name of the property as it is written; empty for the document as a whole
 * @param problem what is wrong
 * @param expected what would be right
 */
public record ConfigFinding(Kind kind, int line, int column, String path, String problem, String expected) {

    /** What a finding is; on the wire in lower case. */
    public enum Kind {
        UNKNOWN, WRONG_TYPE, DEPRECATED, REMOVED, SCHEMA
    }
}
