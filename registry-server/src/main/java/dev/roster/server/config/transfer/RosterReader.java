package dev.roster.server.config.transfer;

import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@link ConfigExports} writes: files at the top, and {@code .roster.yml}, which says what each of them is. */
final class RosterReader implements SourceReader {
    static final String DESCRIPTION = ".roster.yml";

    /** The version of the layout that this program writes, and the newest that it reads. */
    static final String VERSION = "1";

    private static final String LABELS = "labels.";

    @Override
    public void read(List<ArchiveEntry> entries, ImportOptions options, Findings findings) {
        Map<String, Map<String, String>> described = new HashMap<>();
        for (ArchiveEntry entry : entries) {
            if (entry.path().equals(DESCRIPTION)) {
                checkVersion(entry);
                DescriptionList.read(entry, "items")
                        .forEach(item -> described.put(item.getOrDefault("file", ""), item));
            }
        }
        for (ArchiveEntry entry : entries) {
            Map<String, String> description = described.remove(entry.path());
            if (entry.isHidden()) {
                findings.ignore(entry.path());
            } else if (description == null) {
                findings.addFlaw(entry.path(), null,
                        ImportFlaw.of("is not described", "an entry for it in " + DESCRIPTION));
            } else {
                add(entry, description, findings);
            }
        }
        described.keySet().stream().sorted().forEach(
                path -> findings.addFlaw(path, null,
                        ImportFlaw.of("is described, but missing", "a file of that path")));
    }

    private static void checkVersion(ArchiveEntry entry) {
        boolean known = DescriptionList.properties(entry).stream()
                .anyMatch(property -> property.path().equals("version") && property.value().equals(VERSION));
        if (!known) {
            throw new UnusableArchiveException(entry.path(), "is of another version", "version: " + VERSION);
        }
    }

    private static void add(ArchiveEntry entry, Map<String, String> description, Findings findings) {
        String name = description.getOrDefault("name", "");
        try {
            DocumentFormat format = DocumentFormat
                    .valueOf(description.getOrDefault("format", "").toUpperCase(Locale.ROOT));
            // As it is: what was published with a byte order mark has one.
            findings.add(entry.path(), name, format, entry.text(ImportLimits.MAX_DOCUMENT_BYTES), details(description));
        } catch (InvalidArgumentException e) {
            findings.addFlaw(entry.path(), name, ImportFlaw.of("has the " + e.field() + " " + e.value(), e.expected()));
        } catch (CharacterCodingException e) {
            findings.addFlaw(entry.path(), name, ImportFlaw.of("is not UTF-8", "text in UTF-8"));
        } catch (IllegalArgumentException e) {
            findings.addFlaw(entry.path(), name, ImportFlaw.of("has the format " + description.get("format"),
                    "one of yaml, properties, json, toml, xml, text"));
        }
    }

    private static ItemDetails details(Map<String, String> description) {
        SortedMap<String, String> labels = new TreeMap<>();
        description.forEach((key, value) -> {
            if (key.startsWith(LABELS)) {
                labels.put(key.substring(LABELS.length()), value);
            }
        });
        return new ItemDetails(labels, description.get("owner"), description.get("description"), 0);
    }
}
