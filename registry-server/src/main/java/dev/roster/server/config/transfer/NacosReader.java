package dev.roster.server.config.transfer;

import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.format.DocumentFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the console of Nacos exports: {@code group/dataId} for each configuration, and beside them either
 * {@code .metadata.yml} (Nacos 2: a list of group, data id, type, application and description) or {@code .meta.yml} (the older
 * form: lines {@code group.name~extension.app=application}). As written by {@code ConfigController} and read by
 * {@code ZipUtils} and {@code YamlParserUtil} of alibaba/nacos 1.4 and 2.5. The older form leaves its file out when no configuration
 * names an application.
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
            } else if (!isInGroup(entry.path())) {
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

    /** Tells whether files are an export in the older form that has no description: groups, one of which all exports have. */
    static boolean hasLayout(List<ArchiveEntry> entries) {
        return entries.stream().allMatch(entry -> isInGroup(entry.path()))
                && entries.stream().anyMatch(entry -> entry.folder().equals(DEFAULT_GROUP));
    }

    private static boolean isInGroup(String path) {
        return path.indexOf('/') >= 0 && path.indexOf('/') == path.lastIndexOf('/');
    }

    private static void add(ArchiveEntry entry, @Nullable Map<String, String> description, ImportOptions options,
            Findings findings) {
        DocumentFile file = DocumentFile.of(entry.name()).orElse(null);
        DocumentFormat named = file == null ? DocumentFormat.TEXT : file.format();
        DocumentFormat said = description == null ? named : format(description.get("type"), named);
        String stem = file == null || options.keepExtensions() ? entry.name() : file.stem();
        String name = entry.folder().equals(DEFAULT_GROUP) ? stem : entry.folder() + "." + stem;
        findings.addFile(entry, name, text -> isList(said, text) ? DocumentFormat.TEXT : said,
                () -> details(description));
    }

    /** Rules of Sentinel are such: a list, which holds no properties, but is read as it is. */
    private static boolean isList(DocumentFormat format, String text) {
        return format == DocumentFormat.JSON && text.stripLeading().startsWith("[")
                && DocumentFormat.JSON.check("{\"list\":" + text + "}").isEmpty();
    }

    private static ItemDetails details(@Nullable Map<String, String> description) {
        String text = description == null ? "" : description.getOrDefault("desc", "");
        return text.isEmpty() ? ItemDetails.NONE : new ItemDetails(new TreeMap<>(), null, text, 0);
    }

    /** Nacos says {@code text} when nobody has said anything, and its clients go by the extension. */
    private static DocumentFormat format(@Nullable String type, DocumentFormat named) {
        return switch (Objects.requireNonNullElse(type, "").toLowerCase(Locale.ROOT)) {
            case "yaml", "yml" -> DocumentFormat.YAML;
            case "properties" -> DocumentFormat.PROPERTIES;
            case "json" -> DocumentFormat.JSON;
            case "toml" -> DocumentFormat.TOML;
            case "xml" -> DocumentFormat.XML;
            case "html" -> DocumentFormat.TEXT;
            default -> named;
        };
    }
}
