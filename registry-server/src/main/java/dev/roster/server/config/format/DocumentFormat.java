package dev.roster.server.config.format;

import java.util.Optional;

/** How a document is written. The names are part of stored records: add, never rename. */
public enum DocumentFormat {
    /** YAML 1.1 as Spring Boot reads it: one or more documents with a mapping at the top. */
    YAML,
    /** Java properties in UTF-8; {@code #---} parts documents, as in Spring Boot. */
    PROPERTIES,
    /** JSON (RFC 8259) with an object at the top. */
    JSON,
    /** TOML 1.0. */
    TOML,
    /** XML 1.0 without a document type. */
    XML,
    /** Plain text, not interpreted. */
    TEXT;

    /** Deepest nesting of lists and mappings: far beyond what configuration needs, harmless for every reader. */
    static final int MAX_DEPTH = 50;

    /**
     * Looks for a flaw.
     *
     * @return the first one, empty if the document is good; an empty document is good unless the format is JSON or XML
     */
    public Optional<DocumentFlaw> check(String content) {
        return loneSurrogate(content).or(() -> switch (this) {
            case YAML -> YamlCheck.firstFlaw(content);
            case PROPERTIES -> PropertiesCheck.firstFlaw(content);
            case JSON -> JsonCheck.firstFlaw(content);
            case TOML -> TomlReader.firstFlaw(content);
            case XML -> XmlCheck.firstFlaw(content);
            case TEXT -> Optional.empty();
        });
    }

    /** Half a character cannot be written in UTF-8: what is read back would differ from what was published. */
    private static Optional<DocumentFlaw> loneSurrogate(String content) {
        for (int i = 0; i < content.length(); i++) {
            if (Character.isSurrogate(content.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(content.codePointAt(i))) {
                    return Optional.of(DocumentFlaw.at(content, i, "found half of a surrogate pair",
                            "text that can be written in UTF-8"));
                }
                i++;
            }
        }
        return Optional.empty();
    }
}
