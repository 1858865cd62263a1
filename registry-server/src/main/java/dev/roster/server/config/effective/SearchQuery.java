package dev.roster.server.config.effective;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for. At least one of text and path is given; with both, properties of that path whose value has the text.
 *
 * @param namespace where to search, null for everywhere
 * @param text what a line of a document, or the value of a property, must contain, upper and lower case being the same; null
 *     for anything
 * @param path what the path of a property must begin with; {@code *} stands for one part of it; null for lines of documents
 */
public record SearchQuery(@Nullable NamespaceName namespace, @Nullable String text, @Nullable String path) {

    /** Longest text and path, in characters. */
    public static final int MAX_CHARACTERS = 200;

    /** Refuses a query for nothing, or too much, with {@link InvalidArgumentException}. */
    public SearchQuery {
        check("text", text);
        check("path", path);
        if (text == null && path == null) {
            throw new InvalidArgumentException("text", null, "a text, a path or both");
        }
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static void check(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_CHARACTERS)) {
            throw new InvalidArgumentException(field, value, "1 to " + MAX_CHARACTERS + " characters");
        }
    }

    /** Tells whether a text has the one that is searched for. */
    boolean inText(String candidate) {
        return text == null || candidate.toLowerCase(Locale.ROOT).contains(text);
    }
}
