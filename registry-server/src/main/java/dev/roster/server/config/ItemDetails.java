package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people say of an item, beside its versions.
 *
 * @param labels at most {@value #MAX_LABELS}, ordered by key; keys of 1 to 63 lower-case letters, digits, dots, hyphens,
 *     underscores and slashes, values to {@value #MAX_VALUE_CHARACTERS} characters
 * @param owner who answers for it, to {@value #MAX_OWNER_CHARACTERS} characters, null if not said
 * @param description what it is for, to {@value #MAX_DESCRIPTION_CHARACTERS} characters, null if not said
 * @param number one more for each time that it was set; 0 if it never was
 */
public record ItemDetails(SortedMap<String, String> labels, @Nullable String owner, @Nullable String description,
        long number) {

    /** Most labels. */
    public static final int MAX_LABELS = 32;

    /** Longest value of a label. */
    public static final int MAX_VALUE_CHARACTERS = 128;

    /** Longest owner. */
    public static final int MAX_OWNER_CHARACTERS = 200;

    /** Longest description. */
    public static final int MAX_DESCRIPTION_CHARACTERS = 2000;

    /** What is known of an item of which nobody said anything. */
    public static final ItemDetails NONE = new ItemDetails(new TreeMap<>(), null, null, 0);

    private static final Pattern KEY = Pattern.compile("[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?");

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public ItemDetails {
        if (labels.size() > MAX_LABELS) {
            throw new InvalidArgumentException("labels", labels.size() + " labels", "at most " + MAX_LABELS);
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!KEY.matcher(label.getKey()).matches()) {
                throw new InvalidArgumentException("labels", label.getKey(),
                        "keys of 1 to 63 lower-case letters, digits, dots, hyphens, underscores and slashes");
            }
            check("labels." + label.getKey(), label.getValue(), MAX_VALUE_CHARACTERS);
        }
        check("owner", owner, MAX_OWNER_CHARACTERS);
        check("description", description, MAX_DESCRIPTION_CHARACTERS);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    private static void check(String field, @Nullable String text, int most) {
        boolean good = text == null
                || (text.length() <= most && StandardCharsets.UTF_8.newEncoder().canEncode(text));
        if (!good) {
            throw new InvalidArgumentException(field, text,
                    "at most " + most + " characters that can be written in UTF-8");
        }
    }

    /** Tells whether it says nothing. */
    public boolean isEmpty() {
        return labels.isEmpty() && owner == null && description == null;
    }
}
