package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Name of a lock, an election, a semaphore and so on within its namespace. Upper and lower case are different.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ObjectName(String value) implements Comparable<ObjectName> {
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    static final String EXPECTED = "1 to 128 letters, digits, dots, colons, hyphens and underscores,"
            + " beginning and ending with a letter or a digit";

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code name}. */
    public ObjectName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("name", value, EXPECTED);
        }
    }

    /** Compares character by character, which is the order of the keys. */
    @Override
    public int compareTo(ObjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
