package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a file that holds a document, taken apart.
 *
 * @param stem the name without the extension, not empty
 * @param format what the extension says
 */
record DocumentFile(String stem, DocumentFormat format) {
    private static final Map<String, DocumentFormat> FORMATS = Map.of("yaml", DocumentFormat.YAML, "yml",
            DocumentFormat.YAML, "properties", DocumentFormat.PROPERTIES, "json", DocumentFormat.JSON, "toml",
            DocumentFormat.TOML, "xml", DocumentFormat.XML, "txt", DocumentFormat.TEXT);

    /** Takes a name apart; empty if it has no extension of a document. */
    static Optional<DocumentFile> of(String name) {
        int dot = name.lastIndexOf('.');
        DocumentFormat format = dot < 1 ? null : FORMATS.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        return format == null ? Optional.empty() : Optional.of(new DocumentFile(name.substring(0, dot), format));
    }

    /** Returns the name of the file that an item is exported to. */
    static String nameFor(String item, DocumentFormat format) {
        return item + switch (format) {
            case YAML -> ".yaml";
            case PROPERTIES -> ".properties";
            case JSON -> ".json";
            case TOML -> ".toml";
            case XML -> ".xml";
            case TEXT -> ".txt";
        };
    }
}
