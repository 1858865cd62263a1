package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/** What names must begin with in a list. */
final class NamePrefix {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.:_-]{0,128}");

    private NamePrefix() {}

    /**
     * Returns a prefix that names may have.
     *
     * @throws InvalidArgumentException if none can begin with it
     */
    static String check(String prefix) {
        if (!FORM.matcher(prefix).matches()) {
            throw new InvalidArgumentException("prefix", prefix,
                    "at most 128 letters, digits, dots, colons, hyphens and underscores");
        }
        return prefix;
    }
}
