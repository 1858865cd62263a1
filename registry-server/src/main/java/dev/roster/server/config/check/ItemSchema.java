package dev.roster.server.config.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.roster.server.config.check.CheckFinding.Kind;
import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.config.format.DocumentTree;
import dev.roster.server.security.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema (drafts 4, 6, 7, 2019-09 and 2020-12, the last if none is named) that documents are checked against. Nothing is
 * ever fetched: references lead within the schema. May be used by any thread.
 */
final class ItemSchema {

    /** Longest schema, in characters. */
    static final int MAX_CHARACTERS = 256 * 1024;

    /** Most findings of one document; nobody reads more. */
    private static final int MAX_FINDINGS = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

    private final Schema schema;
    private final Schema loose;

    private ItemSchema(Schema schema, Schema loose) {
        this.schema = schema;
        this.loose = loose;
    }

    /**
     * Reads a schema.
     *
     * @throws InvalidArgumentException if it is none, too long, or leads elsewhere; field {@code schema}
     */
    static ItemSchema parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw refused(text.length() + " characters", "at most " + MAX_CHARACTERS + " characters");
        }
        DocumentFlaw flaw = DocumentFormat.JSON.check(text).orElse(null);
        if (flaw != null) {
            throw refused("line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem(), flaw.expected());
        }
        for (DocumentProperty property : DocumentProperties.read(DocumentFormat.JSON, text).properties()) {
            String key = property.path().substring(property.path().lastIndexOf('.') + 1);
            if (REFERENCES.contains(key) && !property.value().startsWith("#")) {
                throw refused("line " + property.line() + ": " + key + " " + property.value(),
                        "references within the schema, such as #/$defs/name");
            }
            if (key.equals("pattern")) {
                new SchemaPattern().getRegularExpression(property.value());
            }
            if (property.path().equals("$schema") && SpecificationVersion.fromDialectId(property.value()).isEmpty()) {
                throw refused("line " + property.line() + ": $schema " + property.value(),
                        "one of the drafts 4, 6, 7, 2019-09 and 2020-12");
            }
        }
        try {
            JsonNode node = JSON.readTree(text);
            return new ItemSchema(compile(node, false), compile(node, true));
        } catch (SchemaException e) {
            throw refused(String.valueOf(e.getMessage()), "a JSON Schema");
        }
    }

    /**
     * Compiles a schema.
     *
     * @param typeLoose whether a text may stand for a number, as in properties
     */
    private static Schema compile(JsonNode node, boolean typeLoose) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder().typeLoose(typeLoose).locale(Locale.ENGLISH)
                .regularExpressionFactory(new SchemaPattern()).formatAssertionsEnabled(true).build();
        Schema compiled = SchemaRegistry
                .withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaRegistryConfig(config)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(node);
        compiled.initializeValidators();
        return compiled;
    }

    private static InvalidArgumentException refused(String given, String expected) {
        return new InvalidArgumentException("schema", given, expected);
    }

    /** Checks every document of a content; XML and plain text have nothing to check. */
    List<CheckFinding> check(DocumentFormat format, String content) {
        List<Map<String, @Nullable Object>> documents = DocumentTree.read(format, content).documents();
        List<DocumentProperty> places = DocumentProperties.read(format, content).properties();
        List<CheckFinding> findings = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            check(format == DocumentFormat.PROPERTIES ? loose : schema, documents.get(i), i, places, findings);
        }
        return findings;
    }

    private static void check(Schema schema, Map<String, @Nullable Object> document, int number,
            List<DocumentProperty> places, List<CheckFinding> findings) {
        try {
            for (Error error : schema.validate(JSON.<JsonNode>valueToTree(document))) {
                if (findings.size() < MAX_FINDINGS) {
                    findings.add(finding(error, number, places));
                }
            }
        } catch (SchemaPattern.TooCostlyException | SchemaException e) {
            findings.add(CheckFinding.of(Kind.SCHEMA, 1, 1, "", String.valueOf(e.getMessage()), "another schema"));
        } catch (StackOverflowError e) {
            // A schema that refers to itself without going deeper into the document; the stack is whole again here.
            findings.add(CheckFinding.of(Kind.SCHEMA, 1, 1, "", "the schema refers to itself without end",
                    "another schema"));
        }
    }

    private static CheckFinding finding(Error error, int document, List<DocumentProperty> places) {
        String path = path(error.getInstanceLocation());
        String member = error.getProperty();
        String named = member == null ? path : join(path, member);
        DocumentProperty place = place(named, document, places);
        if (place == null) {
            place = place(path, document, places);
        }
        String message = error.getMessage();
        int colon = message.startsWith("/") || message.startsWith("$") ? message.indexOf(": ") : -1;
        return new CheckFinding(Kind.SCHEMA, place == null ? 1 : place.line(), place == null ? 1 : place.column(),
                named,
                (named.isEmpty() ? "the document" : named) + " " + (colon < 0 ? message : message.substring(colon + 2)),
                "what keyword " + error.getKeyword() + " of the schema asks for");
    }

    private static String path(NodePath location) {
        String path = "";
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            path = join(path, element instanceof Integer index ? "[" + index + "]" : String.valueOf(element));
        }
        return path;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : key.startsWith("[") ? path + key : path + "." + key;
    }

    /** Returns the place of a property, or of the first one below it. */
    private static @Nullable DocumentProperty place(String path, int document, List<DocumentProperty> places) {
        for (DocumentProperty place : places) {
            boolean below = path.isEmpty() || place.path().equals(path) || place.path().startsWith(path + ".")
                    || place.path().startsWith(path + "[");
            if (below && place.document() == document) {
                return place;
            }
        }
        return null;
    }
}
