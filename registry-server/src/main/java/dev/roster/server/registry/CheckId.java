package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Names a check within its instance.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a
 *     digit
 */
public record CheckId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code check}. */
    public CheckId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("check", value,
                    "1 to 128 letters, digits, dots, colons, hyphens and underscores,"
                            + " beginning and ending with a letter or a digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
