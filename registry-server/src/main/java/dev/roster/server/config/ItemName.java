package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NameForm;

/**
 * Name of a configuration item within its namespace, such as {@code orders} or {@code orders-production}. Upper and lower
 * case are different.
 *
 * @param value 1 to 128 letters, digits, dots, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ItemName(String value) implements Comparable<ItemName> {
    private static final NameForm FORM = NameForm.of("._-", 128);

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code item}. */
    public ItemName {
        if (!FORM.accepts(value)) {
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
