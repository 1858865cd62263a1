package dev.roster.server.registry;

import java.time.Instant;

/**
 * A check and what came of it last.
 *
 * @param check the check
 * @param status what came of it
 * @param output what was said when it got this status, to {@value #MAX_OUTPUT_CHARACTERS} characters; longer ones are cut
 * @param since since when it has this status, by the clock of the member that noted it
 */
public record CheckState(Check check, CheckStatus status, String output, Instant since) {

    /** Longest output that is kept: enough for the line that names the cause. */
    public static final int MAX_OUTPUT_CHARACTERS = 512;

    public CheckState {
        output = cut(output);
    }

    /** Returns how a check is before its first result. */
    static CheckState initial(Check check, Instant now) {
        return new CheckState(check, check.initial(), "", now);
    }

    /** Returns the same after another result, of another status. */
    CheckState changed(CheckStatus to, String said, Instant now) {
        return new CheckState(check, to, said, now);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_OUTPUT_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_OUTPUT_CHARACTERS - 2))
                ? MAX_OUTPUT_CHARACTERS - 2
                : MAX_OUTPUT_CHARACTERS - 1;
        return text.substring(0, end) + '…';
    }
}
