package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;

/**
 * Tells the claims of one name apart. Chosen by who claims, so that a request that is sent again is the same claim; at random, or
 * so that others choose another.
 *
 * @param value 1 to 128 letters, digits, dots, colons, hyphens and underscores, beginning and ending with a letter or a digit
 */
public record ClaimId(String value) {

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code claim}. */
    public ClaimId {
        if (!ObjectName.FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("claim", value, ObjectName.EXPECTED);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
