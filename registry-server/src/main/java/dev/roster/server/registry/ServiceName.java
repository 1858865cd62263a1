package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NameForm;

/**
 * Name of a service within its namespace, by habit the {@code spring.application.name} of its instances. Upper and lower
 * case are different.
 *
 * @param value 1 to 128 letters, digits, dots, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
    private static final NameForm FORM = NameForm.of("._-", 128);

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code service}. */
    public ServiceName {
        if (!FORM.accepts(value)) {
            throw new InvalidArgumentException("service", value,
                    "1 to 128 letters, digits, dots, hyphens and underscores,"
                            + " beginning and ending with a letter or a digit");
        }
    }

    /** Compares character by character, upper case first, which is the order of the keys. */
    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
