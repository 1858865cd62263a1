package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds what instances, services and operators say in words of their own. */
final class FreeText {

    /** Most entries of metadata: with the longest values, some 64 KiB. */
    static final int MAX_ENTRIES = 64;

    /** Longest name: of an entry, a zone, a cluster, a tag, a version. */
    static final int MAX_NAME_CHARACTERS = 63;

    /** Longest value of an entry. */
    static final int MAX_VALUE_CHARACTERS = 1024;

    private static final String NAME_FORM = "1 to " + MAX_NAME_CHARACTERS
            + " characters, not blank, without control characters";

    private FreeText() {}

    /** Refuses a text that is no name with {@link InvalidArgumentException}; null is nothing to refuse. */
    static void checkName(String field, @Nullable String text) {
        if (text != null && !isName(text)) {
            throw new InvalidArgumentException(field, text, NAME_FORM);
        }
    }

    /** Refuses a text that is too long or cannot be stored with {@link InvalidArgumentException}; null is fine. */
    static void checkText(String field, @Nullable String text, int maxCharacters) {
        if (text != null && (text.length() > maxCharacters || !isUnicode(text))) {
            throw new InvalidArgumentException(field, text,
                    "at most " + maxCharacters + " characters that can be written in UTF-8");
        }
    }

    /** Refuses metadata that is out of bounds with {@link InvalidArgumentException}, which names the entry. */
    static void checkMetadata(Map<String, String> metadata) {
        if (metadata.size() > MAX_ENTRIES) {
            throw new InvalidArgumentException("metadata", metadata.size() + " entries",
                    "at most " + MAX_ENTRIES + " entries");
        }
        metadata.forEach((name, value) -> {
            if (!isName(name)) {
                throw new InvalidArgumentException("metadata", name, "names of " + NAME_FORM);
            }
            checkText("metadata." + name, value, MAX_VALUE_CHARACTERS);
        });
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME_CHARACTERS
                && text.chars().noneMatch(Character::isISOControl) && isUnicode(text);
    }

    /** Half of a surrogate pair cannot be stored. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
