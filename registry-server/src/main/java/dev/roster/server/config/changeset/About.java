package dev.roster.server.config.changeset;

import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a change set says of it.
 *
 * @param title 1 to {@value #MAX_TITLE} characters
 * @param description to {@value #MAX_DESCRIPTION} characters, null if there is none
 */
public record About(String title, @Nullable String description) {

    /** Longest title, in characters. */
    public static final int MAX_TITLE = 200;

    /** Longest description, in characters. */
    public static final int MAX_DESCRIPTION = 4000;

    /** Refuses texts that are too long with {@link InvalidArgumentException}. */
    public About {
        if (title.isBlank() || title.length() > MAX_TITLE || !isUnicode(title)) {
            throw new InvalidArgumentException("title", title, "1 to " + MAX_TITLE + " characters");
        }
        if (description != null && (description.length() > MAX_DESCRIPTION || !isUnicode(description))) {
            throw new InvalidArgumentException("description", description, "at most " + MAX_DESCRIPTION + " characters");
        }
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
