package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.JsonRows;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code consul kv export} prints: a JSON array of objects with {@code key}, {@code flags} and {@code value}, which is
 * in base64 (command/kv/impexp of hashicorp/consul 1.10 and later, which add {@code namespace} and {@code partition}).
 *
 * <p>Keys below the prefix are laid out as Spring Cloud Consul reads them: {@code config/orders,production/data} is a document
 * in YAML or properties; {@code config/orders-production.yml} is a file; all others, such as {@code config/orders/pool/size},
 * are properties, of which those of an application become one item.
 */
final class ConsulReader {
    private static final String DATA = "data";

    private final ImportOptions options;
    private final Findings findings;
    private final SortedMap<String, SortedMap<String, String>> properties = new TreeMap<>();

    private ConsulReader(ImportOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    /**
     * Reads an export.
     *
     * @throws UnusableArchiveException if it is no such JSON
     */
    static void read(String json, ImportOptions options, Findings findings) {
        JsonRows rows = JsonRows.read(json, ImportLimits.MAX_ENTRIES);
        DocumentFlaw flaw = rows.flaw();
        if (flaw != null) {
            throw new UnusableArchiveException("",
                    "is no export of Consul: line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem(),
                    flaw.expected());
        }
        ConsulReader reader = new ConsulReader(options, findings);
        rows.rows().forEach(reader::add);
        reader.properties.forEach((name, pairs) -> findings.add(name, name, DocumentFormat.PROPERTIES, write(pairs)));
    }

    private void add(JsonRows.Row row) {
        String key = row.fields().get("key");
        if (key == null) {
            findings.addFlaw("", null,
                    new ImportFlaw(row.line(), 1, "the object has no key", "objects with key, flags and value"));
            return;
        }
        String prefix = options.prefix().isEmpty() ? "" : options.prefix() + "/";
        if (!key.startsWith(prefix) || key.endsWith("/") || key.length() == prefix.length()) {
            findings.ignore(key);
            return;
        }
        String text = text(row.fields().getOrDefault("value", ""));
        if (text == null) {
            findings.addFlaw(key, null,
                    new ImportFlaw(row.line(), 1, "the value is not UTF-8 in base64", "text in UTF-8, in base64"));
            return;
        }
        add(key, key.substring(prefix.length()), text);
    }

    private void add(String key, String path, String text) {
        int slash = path.indexOf('/');
        DocumentFile file = DocumentFile.of(path.substring(path.lastIndexOf('/') + 1)).orElse(null);
        if (slash < 0) {
            if (file == null) {
                findings.addFlaw(key, null, ImportFlaw.of("belongs to no application",
                        "application/property, application/data or a file with the extension of a document"));
            } else {
                findings.add(key, options.keepExtensions() ? path : file.stem(), file.format(), text);
            }
            return;
        }
        String application = path.substring(0, slash).replace(',', '-');
        String rest = path.substring(slash + 1);
        if (rest.equals(DATA)) {
            findings.add(key, application, isYaml(text) ? DocumentFormat.YAML : DocumentFormat.PROPERTIES, text);
        } else {
            properties.computeIfAbsent(application, _ -> new TreeMap<>()).put(rest.replace('/', '.'), text);
        }
    }

    /** The key does not say which; what is a mapping in YAML is hardly meant as properties. */
    private static boolean isYaml(String text) {
        return DocumentFormat.YAML.check(text).isEmpty();
    }

    private static @Nullable String text(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    /** Writes properties so that the formats of Java read the same keys and values. */
    private static String write(Map<String, String> pairs) {
        StringBuilder text = new StringBuilder();
        pairs.forEach((key, value) -> {
            escape(text, key, true);
            text.append('=');
            escape(text, value, false);
            text.append('\n');
        });
        return text.toString();
    }

    private static void escape(StringBuilder text, String part, boolean isKey) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                case '\\' -> text.append("\\\\");
                case ' ', '=', ':', '#', '!' -> text.append(isKey || (c == ' ' && i == 0) ? "\\" : "").append(c);
                default -> text.append(c);
            }
        }
    }
}
