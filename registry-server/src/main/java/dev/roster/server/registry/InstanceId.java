package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Names an instance within its service; chosen by the instance, and the same again after a restart if it likes.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a
 *     digit, so that {@code host:port} will do
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code id}. */
    public InstanceId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("id", value,
                    "1 to 128 letters, digits, dots, colons, hyphens and underscores,"
                            + " beginning and ending with a letter or a digit");
        }
    }

    /** Compares character by character, which is the order of the keys. */
    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
