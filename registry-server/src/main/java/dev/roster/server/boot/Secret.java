package dev.roster.server.boot;

/**
 * A property that nobody may read in a log, a report or an error message.
 *
 * @param value as it was given
 */
public record Secret(String value) {

    /** Takes any text, so that no message about a text of the wrong form can show it. */
    public static Secret valueOf(String value) {
        return new Secret(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
