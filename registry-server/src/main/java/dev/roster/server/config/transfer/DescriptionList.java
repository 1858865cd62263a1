package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the YAML file by which an archive describes its other entries: a list of mappings below one key. */
final class DescriptionList {
    private DescriptionList() {}

    /**
     * Reads a list.
     *
     * @param key the key of the list
     * @return the mappings in their order, nested keys joined by dots
     * @throws UnusableArchiveException if it is no YAML, or too large
     */
    static List<Map<String, String>> read(ArchiveEntry entry, String key) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        String begin = key + "[";
        for (DocumentProperty property : properties(entry)) {
            int end = property.path().indexOf(']');
            if (property.path().startsWith(begin) && end > 0 && end + 2 <= property.path().length()) {
                rows.computeIfAbsent(property.path().substring(begin.length(), end), _ -> new LinkedHashMap<>())
                        .put(property.path().substring(end + 2), property.value());
            }
        }
        return new ArrayList<>(rows.values());
    }

    /** Reads all properties of a description. */
    static List<DocumentProperty> properties(ArchiveEntry entry) {
        String text;
        try {
            text = entry.text(ImportLimits.MAX_DESCRIPTION_BYTES);
        } catch (CharacterCodingException e) {
            throw new UnusableArchiveException(entry.path(), "is not UTF-8", "text in UTF-8");
        }
        DocumentFormat.YAML.check(text).ifPresent(flaw -> {
            throw new UnusableArchiveException(entry.path(),
                    "is no YAML: line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem(),
                    flaw.expected());
        });
        DocumentProperties read = DocumentProperties.read(DocumentFormat.YAML, text);
        if (!read.complete()) {
            throw new UnusableArchiveException(entry.path(), "describes too much",
                    "at most " + DocumentProperties.MAX_PROPERTIES + " values");
        }
        return read.properties();
    }
}
