package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Name of a configuration item within its namespace, such as {@code orders} or {@code orders-production}. Upper and lower
 * case are different.
 *
 * @param value 1 to 128 letters, digits, dots, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ItemName(String value) implements Comparable<ItemName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code item}. */
    public ItemName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("item", value, "1 to 128 letters, digits, dots, hyphens and underscores,"
                    + " beginning and ending with a letter or a digit");
        }
    }

    /** Compares character by character, which is the order of the keys. */
    @Override
    public int compareTo(ItemName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
