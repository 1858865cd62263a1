package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.List;

/** A value of a TOML document. */
sealed interface TomlNode permits TomlTable, TomlNode.Array, TomlNode.Scalar {

    /**
     * A list.
     *
     * @param elements in their order; grows while the document is read
     * @param ofTables whether it was made by {@code [[…]]}, so that further elements may follow
     */
    record Array(List<TomlNode> elements, boolean ofTables) implements TomlNode {
        static Array ofTables(TomlTable first) {
            List<TomlNode> elements = new ArrayList<>();
            elements.add(first);
            return new Array(elements, true);
        }
    }

    /**
     * A value without parts.
     *
     * @param text of a string what it says; of anything else how it is written, numbers without underscores
     * @param isString whether it is a string
     * @param start where it begins in the document, with its quotes
     * @param end where it ends, exclusive
     */
    record Scalar(String text, boolean isString, int start, int end) implements TomlNode {}
}
