package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the console of Nacos exports: {@code group/dataId} for each configuration, and beside them either
 * {@code .metadata.yml} (Nacos 2: a list of group, data id, type, application and description) or {@code .meta.yml} (the older
 * form: lines {@code group.name~extension.app=application}). As written by {@code ConfigController} and read by
 * {@code ZipUtils} and {@code YamlParserUtil} of alibaba/nacos 1.4 and 2.5.
 */
final class NacosReader implements SourceReader {
    static final String DESCRIPTION = ".metadata.yml";
    static final String OLD_DESCRIPTION = ".meta.yml";

    private static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    @Override
    public void read(List<ArchiveEntry> entries, ImportOptions options, Findings findings) {
        Map<String, Map<String, String>> described = new HashMap<>();
        boolean old = true;
        for (ArchiveEntry entry : entries) {
            if (entry.path().equals(DESCRIPTION)) {
                old = false;
                for (Map<String, String> item : DescriptionList.read(entry, "metadata")) {
                    described.put(item.getOrDefault("group", "") + "/" + item.getOrDefault("dataId", ""), item);
                }
            }
        }
        for (ArchiveEntry entry : entries) {
            Map<String, String> description = described.remove(entry.path());
            if (entry.path().equals(DESCRIPTION) || entry.path().equals(OLD_DESCRIPTION)) {
                findings.ignore(entry.path());
            } else if (entry.path().indexOf('/') < 0 || entry.path().indexOf('/') != entry.path().lastIndexOf('/')) {
                findings.addFlaw(entry.path(), null, ImportFlaw.of("is in no group", "a path of group/dataId"));
            } else if (old || description != null) {
                add(entry, description, options, findings);
            } else {
                findings.addFlaw(entry.path(), null,
                        ImportFlaw.of("is not described", "an entry for it in " + DESCRIPTION));
            }
        }
        described.keySet().stream().sorted().forEach(
                path -> findings.addFlaw(path, null,
                        ImportFlaw.of("is described, but missing", "a file of that path")));
    }

    private static void add(ArchiveEntry entry, @Nullable Map<String, String> description, ImportOptions options,
            Findings findings) {
        DocumentFile file = DocumentFile.of(entry.name()).orElse(null);
        DocumentFormat named = file == null ? DocumentFormat.TEXT : file.format();
        DocumentFormat format = description == null ? named : format(description.get("type"), named);
        String stem = file == null || options.keepExtensions() ? entry.name() : file.stem();
        String name = entry.folder().equals(DEFAULT_GROUP) ? stem : entry.folder() + "." + stem;
        findings.addFile(entry, name, format);
    }

    private static DocumentFormat format(@Nullable String type, DocumentFormat named) {
        return switch (Objects.requireNonNullElse(type, "").toLowerCase(Locale.ROOT)) {
            case "yaml", "yml" -> DocumentFormat.YAML;
            case "properties" -> DocumentFormat.PROPERTIES;
            case "json" -> DocumentFormat.JSON;
            case "toml" -> DocumentFormat.TOML;
            case "xml" -> DocumentFormat.XML;
            case "text", "html" -> DocumentFormat.TEXT;
            default -> named;
        };
    }
}
