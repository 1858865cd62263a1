package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.StandardCharsets;

/** Bounds what programs say in words of their own. */
final class CoordinationText {

    /** Longest value that others are shown: an address, or a small JSON object. */
    static final int MAX_VALUE_CHARACTERS = 4096;

    /** Longest name of a session. */
    static final int MAX_NAME_CHARACTERS = 128;

    private CoordinationText() {}

    /** Refuses a text that is too long or cannot be stored with {@link InvalidArgumentException}. */
    static void check(String field, String text, int maxCharacters) {
        // Half of a surrogate pair cannot be stored.
        if (text.length() > maxCharacters || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidArgumentException(field, text,
                    "at most " + maxCharacters + " characters that can be written in UTF-8");
        }
    }
}
