package dev.roster.server.security;

import java.util.regex.Pattern;

/**
 * Name of a user.
 *
 * @param value 1 to 63 characters of {@code [a-z0-9._-]}, beginning with a letter or a digit
 */
public record UserName(String value) implements Comparable<UserName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code name}. */
    public UserName {
        if (!isValid(value)) {
            throw new InvalidArgumentException("name", value,
                    "1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or a digit");
        }
    }

    /** Tells whether a text could be the name of a user. */
    static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
