package dev.roster.server.config.delivery;

import dev.roster.server.security.InvalidArgumentException;

/**
 * Something in a document that an application could not make use of.
 *
 * @param property name of the property, to {@value #MAX_CHARACTERS} characters, empty if it is not about one
 * @param message what is wrong, 1 to {@value #MAX_CHARACTERS} characters
 */
public record BindingError(String property, String message) {

    /** Longest name and message. */
    public static final int MAX_CHARACTERS = 500;

    /** Refuses texts that are too long with {@link InvalidArgumentException}. */
    public BindingError {
        if (property.length() > MAX_CHARACTERS) {
            throw new InvalidArgumentException("property", property, "at most " + MAX_CHARACTERS + " characters");
        }
        if (message.isBlank() || message.length() > MAX_CHARACTERS) {
            throw new InvalidArgumentException("message", message, "1 to " + MAX_CHARACTERS + " characters");
        }
    }
}
