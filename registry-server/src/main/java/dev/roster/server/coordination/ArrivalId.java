package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;

/**
 * Tells the arrivals at one barrier apart. Chosen by who arrives, so that a request that is sent again is the same arrival; at
 * random, or so that others choose another.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ArrivalId(String value) {

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code arrival}. */
    public ArrivalId {
        if (!ObjectName.FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("arrival", value, ObjectName.EXPECTED);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
