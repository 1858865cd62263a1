package dev.roster.server.config.effective;

import dev.roster.server.config.ItemDetails;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for. At least one of text, path and labels is given; with text and path, properties of that path whose value
 * has the text. With labels alone, items, each by its first line.
 *
 * @param namespace where to search, null for everywhere
 * @param text what a line of a document, or the value of a property, must contain, upper and lower case being the same; null
 *     for anything
 * @param path what the path of a property must begin with; {@code *} stands for one part of it; null for lines of documents
 * @param labels what is said of the item, each with this value; empty for any item
 */
public record SearchQuery(@Nullable NamespaceName namespace, @Nullable String text, @Nullable String path,
        Map<String, String> labels) {

    /** Longest text and path, in characters. */
    public static final int MAX_CHARACTERS = 200;

    /** Searches all items, whatever their labels. */
    public SearchQuery(@Nullable NamespaceName namespace, @Nullable String text, @Nullable String path) {
        this(namespace, text, path, Map.of());
    }

    /** Refuses a query for nothing, or too much, with {@link InvalidArgumentException}. */
    public SearchQuery {
        check("text", text);
        check("path", path);
        if (text == null && path == null && labels.isEmpty()) {
            throw new InvalidArgumentException("text", null, "a text, a path or a label");
        }
        if (labels.size() > ItemDetails.MAX_LABELS) {
            throw new InvalidArgumentException("label", labels.size() + " labels",
                    "at most " + ItemDetails.MAX_LABELS + " labels");
        }
        labels = Map.copyOf(labels);
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static void check(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_CHARACTERS)) {
            throw new InvalidArgumentException(field, value, "1 to " + MAX_CHARACTERS + " characters");
        }
    }

    /** Tells whether what is said of an item has all labels that are searched for. */
    boolean inDetails(ItemDetails details) {
        return details.labels().entrySet().containsAll(labels.entrySet());
    }

    /** Tells whether items are searched for, and nothing in them. */
    boolean isForItems() {
        return text == null && path == null;
    }

    /** Tells whether a text has the one that is searched for. */
    boolean inText(String candidate) {
        return text == null || candidate.toLowerCase(Locale.ROOT).contains(text);
    }
}
