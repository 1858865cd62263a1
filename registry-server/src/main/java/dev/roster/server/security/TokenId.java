package dev.roster.server.security;

import java.util.regex.Pattern;

/**
 * Public id of a token, by which it is listed and revoked. It tells nothing of the secret.
 *
 * @param value 16 lower-case hexadecimal digits
 */
public record TokenId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code id}. */
    public TokenId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidArgumentException("id", value, "16 lower-case hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
