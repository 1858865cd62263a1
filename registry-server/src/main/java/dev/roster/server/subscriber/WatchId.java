package dev.roster.server.subscriber;

import dev.roster.server.security.InvalidArgumentException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a stream. Written as 16 hexadecimal digits, a hyphen, and the id of the member.
 *
 * @param number drawn at random, so that nobody guesses it
 * @param member the member that serves the stream
 */
public record WatchId(long number, String member) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})-([a-z0-9][a-z0-9-]{0,62})");

    /** Reads what {@link #toString} wrote; refuses anything else with {@link InvalidArgumentException}, field {@code watch}. */
    public static WatchId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidArgumentException("watch", text, "the value of the header Roster-Watch of a stream");
        }
        return new WatchId(HexFormat.fromHexDigitsToLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(number) + "-" + member;
    }
}
