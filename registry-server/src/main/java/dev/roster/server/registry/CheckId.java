package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NameForm;

/**
 * Names a check within its instance.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a
 *     digit
 */
public record CheckId(String value) {
    private static final NameForm FORM = NameForm.of(".:_-", 128);

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code check}. */
    public CheckId {
        if (!FORM.accepts(value)) {
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
