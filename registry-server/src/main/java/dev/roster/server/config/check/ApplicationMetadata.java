package dev.roster.server.config.check;

import dev.roster.server.config.check.CheckFinding.Kind;
import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an application says of its properties: its {@code META-INF/spring-configuration-metadata.json}, and those of its libraries
 * (Spring Boot reference, "Configuration Metadata").
 *
 * @param refuses whether documents with faults are refused; otherwise they are only told
 * @param number one more for each time that it was set
 * @param properties by uniform name
 */
record ApplicationMetadata(boolean refuses, long number, Map<String, CheckedProperty> properties) {

    /** Most properties of one application: several times those of an application with every starter. */
    static final int MAX_PROPERTIES = 20_000;

    private static final int VERSION = 1;
    private static final String PROPERTIES = "properties[";
    private static final int MAX_DISTANCE = 2;

    ApplicationMetadata {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads a file of metadata.
     *
     * @throws InvalidArgumentException if it is none
     */
    static Collection<CheckedProperty> parse(String json) {
        Optional<DocumentFlaw> flaw = DocumentFormat.JSON.check(json);
        if (flaw.isPresent()) {
            throw refused("line " + flaw.get().line() + ": " + flaw.get().problem());
        }
        DocumentProperties read = DocumentProperties.read(DocumentFormat.JSON, json);
        if (!read.complete()) {
            throw refused("more than " + DocumentProperties.MAX_PROPERTIES + " values");
        }
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (DocumentProperty property : read.properties()) {
            int end = property.path().indexOf("].");
            if (property.path().startsWith(PROPERTIES) && end > 0) {
                rows.computeIfAbsent(property.path().substring(PROPERTIES.length(), end), _ -> new LinkedHashMap<>())
                        .put(property.path().substring(end + 2), property.value());
            }
        }
        List<CheckedProperty> properties = new ArrayList<>();
        for (Map<String, String> row : rows.values()) {
            String name = row.get("name");
            if (name == null || name.isEmpty()) {
                throw refused("a property without a name");
            }
            String level = row.getOrDefault("deprecation.level", "");
            boolean deprecated = row.keySet().stream().anyMatch(key -> key.startsWith("deprecation."))
                    || row.getOrDefault("deprecated", "").equals("true");
            properties.add(new CheckedProperty(name, row.get("type"), deprecated, level.equals("error"),
                    row.get("deprecation.replacement")));
        }
        return properties;
    }

    private static InvalidArgumentException refused(String given) {
        return new InvalidArgumentException("metadata", given,
                "a spring-configuration-metadata.json with properties that have names");
    }

    /** Returns the same with further properties, which replace those of the same name. */
    static Map<String, CheckedProperty> merge(Map<String, CheckedProperty> before,
            Collection<CheckedProperty> further) {
        Map<String, CheckedProperty> all = new TreeMap<>(before);
        further.forEach(property -> all.put(PropertyName.uniform(property.name()), property));
        if (all.size() > MAX_PROPERTIES) {
            throw new InvalidArgumentException("metadata", all.size() + " properties",
                    "at most " + MAX_PROPERTIES + " properties of an application");
        }
        return all;
    }

    /** Checks a document of the application; the findings are in its order. */
    List<CheckFinding> check(DocumentFormat format, String content) {
        if (format != DocumentFormat.YAML && format != DocumentFormat.PROPERTIES && format != DocumentFormat.JSON) {
            return List.of();
        }
        Set<String> roots = new HashSet<>();
        properties.keySet().forEach(name -> roots.add(PropertyName.root(name)));
        List<CheckFinding> findings = new ArrayList<>();
        for (DocumentProperty property : DocumentProperties.read(format, content).properties()) {
            check(property, roots, findings);
        }
        return findings;
    }

    private void check(DocumentProperty property, Set<String> roots, List<CheckFinding> findings) {
        String name = PropertyName.uniform(property.path());
        CheckedProperty known = properties.get(name);
        if (known == null) {
            if (roots.contains(PropertyName.root(name)) && !isPart(name)) {
                findings.add(found(Kind.UNKNOWN, property, "is unknown", nearest(name).map(near -> "perhaps " + near)
                        .orElse("a property of the application")));
            }
            return;
        }
        String replacement = known.replacement();
        String instead = replacement == null ? "no such property" : replacement;
        if (known.removed()) {
            findings.add(found(Kind.REMOVED, property, "is not read any more", instead));
        } else if (known.deprecated()) {
            findings.add(found(Kind.DEPRECATED, property, "is deprecated", instead));
        }
        String type = known.type();
        boolean whole = !property.path().endsWith("]");
        if (type != null && whole) {
            ValueTypes.refusal(type, property.value())
                    .ifPresent(
                            expected -> findings.add(found(Kind.WRONG_TYPE, property, "has a wrong value", expected)));
        }
    }

    private static CheckFinding found(Kind kind, DocumentProperty property, String problem, String expected) {
        return new CheckFinding(kind, property.line(), property.column(), property.path(),
                property.path() + " " + problem, expected);
    }

    /** Tells whether a name is below a property that may have any parts. */
    private boolean isPart(String name) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            CheckedProperty above = properties.get(name.substring(0, dot));
            if (above != null) {
                return above.type() == null || ValueTypes.isOpen(Objects.requireNonNull(above.type()));
            }
        }
        return false;
    }

    private Optional<String> nearest(String name) {
        String best = null;
        int least = MAX_DISTANCE + 1;
        for (Map.Entry<String, CheckedProperty> one : new TreeMap<>(properties).entrySet()) {
            int distance = Math.abs(one.getKey().length() - name.length()) >= least
                    ? least
                    : EditDistance.between(one.getKey(), name, least);
            if (distance < least) {
                least = distance;
                best = one.getValue().name();
            }
        }
        return Optional.ofNullable(best);
    }

    Value write() {
        ValueWriter writer = new ValueWriter(VERSION).flag(refuses).number(number).count(properties.size());
        new TreeMap<>(properties).forEach((_, property) -> writer.text(property.name()).optionalText(property.type())
                .flag(property.deprecated()).flag(property.removed()).optionalText(property.replacement()));
        return writer.toValue();
    }

    static ApplicationMetadata read(Value value) {
        ValueReader reader = new ValueReader(value, VERSION);
        boolean refuses = reader.flag("refuses");
        long number = reader.number("number");
        Map<String, CheckedProperty> properties = new LinkedHashMap<>();
        for (int left = reader.count("properties"); left > 0; left--) {
            CheckedProperty property = new CheckedProperty(reader.text("name"), reader.optionalText("type"),
                    reader.flag("deprecated"), reader.flag("removed"), reader.optionalText("replacement"));
            properties.put(PropertyName.uniform(property.name()), property);
        }
        reader.end();
        return new ApplicationMetadata(refuses, number, properties);
    }
}
