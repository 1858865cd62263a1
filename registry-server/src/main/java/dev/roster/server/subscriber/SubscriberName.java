package dev.roster.server.subscriber;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Tells one process that follows services from others: usually the id of its instance.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record SubscriberName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code subscriber}. */
    public SubscriberName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("subscriber", value, "1 to 128 letters, digits, dots, colons, hyphens"
                    + " and underscores, beginning and ending with a letter or a digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
