package dev.roster.server.config.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Why an entry cannot be imported.
 *
 * @param line line of the entry, from 1, null if it is the entry as a whole
 * @param column column of the line, from 1, null likewise
 * @param problem what is wrong
 * @param expected what would be accepted
 */
public record ImportFlaw(@Nullable Integer line, @Nullable Integer column, String problem, String expected) {

    static ImportFlaw of(String problem, String expected) {
        return new ImportFlaw(null, null, problem, expected);
    }
}
