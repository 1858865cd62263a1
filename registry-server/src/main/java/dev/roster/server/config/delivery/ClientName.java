package dev.roster.server.config.delivery;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Tells one running application from others: usually the id of its instance.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ClientName(String value) implements Comparable<ClientName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code client}. */
    public ClientName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("client", value, "1 to 128 letters, digits, dots, colons, hyphens and"
                    + " underscores, beginning and ending with a letter or a digit");
        }
    }

    @Override
    public int compareTo(ClientName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
