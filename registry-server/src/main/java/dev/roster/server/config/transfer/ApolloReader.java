package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the portal of Apollo exports: {@code owner/appId/ENV/appId+cluster+namespace} with the extension of the format,
 * {@code .properties} if it is none of the others, and beside them {@code app.metadata}, {@code <cluster>.cluster.metadata} and
 * {@code <appId>+<namespace>.appnamespace.metadata}. As written by {@code ConfigsExportService} and {@code ConfigFileUtils} of
 * apolloconfig/apollo 2; files without folders are taken too, as the portal exports a single namespace.
 */
final class ApolloReader implements SourceReader {
    private static final String METADATA = ".metadata";
    private static final String NAMESPACE_METADATA = ".appnamespace.metadata";
    private static final String DEFAULT_CLUSTER = "default";
    private static final String DEFAULT_NAMESPACE = "application";
    private static final int PARTS = 3;

    /** Tells whether a path is one of a namespace of Apollo. */
    static boolean isNamespace(ArchiveEntry entry) {
        return entry.name().split("[+]", -1).length == PARTS && !entry.name().endsWith(METADATA);
    }

    @Override
    public void read(List<ArchiveEntry> entries, ImportOptions options, Findings findings) {
        String environment = environment(entries, options);
        Set<String> open = new HashSet<>();
        entries.stream().filter(entry -> entry.path().endsWith(NAMESPACE_METADATA))
                .forEach(entry -> addOpen(entry, open));
        for (ArchiveEntry entry : entries) {
            if (entry.isHidden() || entry.path().endsWith(METADATA)
                    || (isNamespace(entry) && !Objects.equals(environment, environmentOf(entry)))) {
                findings.ignore(entry.path());
            } else if (isNamespace(entry)) {
                add(entry, open, options, findings);
            } else {
                findings.addFlaw(entry.path(), null,
                        ImportFlaw.of("is no namespace of Apollo", "a name of appId+cluster+namespace"));
            }
        }
    }

    private static void add(ArchiveEntry entry, Set<String> open, ImportOptions options, Findings findings) {
        String[] parts = entry.name().split("[+]", -1);
        DocumentFile file = DocumentFile.of(parts[2]).orElse(null);
        if (file == null) {
            findings.addFlaw(entry.path(), null, ImportFlaw.of("has no extension of a document",
                    ".properties, .yml, .yaml, .json, .xml or .txt"));
            return;
        }
        String namespace = file.format() == DocumentFormat.PROPERTIES || !options.keepExtensions()
                ? file.stem()
                : parts[2];
        String name;
        if (file.stem().equals(DEFAULT_NAMESPACE) && namespace.equals(DEFAULT_NAMESPACE)) {
            name = parts[0];
        } else if (open.contains(parts[0] + "+" + parts[2])
                || (open.contains(parts[0] + "+" + file.stem()) && file.format() == DocumentFormat.PROPERTIES)) {
            name = namespace;
        } else {
            name = parts[0] + "." + namespace;
        }
        findings.addFile(entry, parts[1].equals(DEFAULT_CLUSTER) ? name : name + "-" + parts[1], file.format());
    }

    /** Notes a namespace that is public: applications share it, so it keeps its own name. */
    private static void addOpen(ArchiveEntry entry, Set<String> open) {
        try {
            String json = entry.text(ImportLimits.MAX_DOCUMENT_BYTES);
            if (DocumentFormat.JSON.check(json).isEmpty()) {
                boolean isPublic = false;
                for (DocumentProperty property : DocumentProperties.read(DocumentFormat.JSON, json).properties()) {
                    isPublic |= property.path().equals("isPublic") && property.value().equals("true");
                }
                if (isPublic) {
                    open.add(entry.name().substring(0, entry.name().length() - NAMESPACE_METADATA.length()));
                }
            }
        } catch (CharacterCodingException e) {
            throw new UnusableArchiveException(entry.path(), "is not UTF-8", "text in UTF-8");
        }
    }

    /** Returns the environment to take, null if the archive knows none. */
    private static @Nullable String environment(List<ArchiveEntry> entries, ImportOptions options) {
        Set<String> environments = new TreeSet<>();
        entries.stream().filter(ApolloReader::isNamespace).map(ApolloReader::environmentOf).filter(Objects::nonNull)
                .forEach(environments::add);
        String wanted = options.environment();
        if (wanted == null ? environments.size() > 1 : !environments.contains(wanted)) {
            throw new UnusableArchiveException("", wanted == null
                    ? "has the environments " + String.join(", ", environments)
                    : "has no environment " + wanted,
                    environments.isEmpty()
                            ? "no environment to be asked for"
                            : "environment to be one of " + String.join(", ", environments));
        }
        return wanted == null ? environments.stream().findFirst().orElse(null) : wanted;
    }

    private static @Nullable String environmentOf(ArchiveEntry entry) {
        String folder = entry.folder();
        return folder.isEmpty() ? null : folder.substring(folder.lastIndexOf('/') + 1);
    }
}
