package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NameForm;

/**
 * Names an instance within its service; chosen by the instance, and the same again after a restart if it likes.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a
 *     digit, so that {@code host:port} will do
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
    private static final NameForm FORM = NameForm.of(".:_-", 128);

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code id}. */
    public InstanceId {
        if (!FORM.accepts(value)) {
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
