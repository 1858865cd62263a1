package dev.roster.server.api.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The committed document as a tree, with references followed where they stand. */
final class Description {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final Map<String, Object> root;

    private Description(Map<String, Object> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    static Description read() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream input = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new Description((Map<String, Object>) new Yaml(new SafeConstructor(options)).load(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> root() {
        return root;
    }

    /** Returns the operations by {@code GET /path}. */
    Map<String, Map<String, Object>> operations() {
        Map<String, Map<String, Object>> operations = new TreeMap<>();
        map(root.get("paths")).forEach((path, item) -> map(item).forEach((method, operation) -> {
            if (!METHODS.contains(method)) {
                throw new AssertionError("not a method: " + path + " " + method);
            }
            operations.put(method.toUpperCase(java.util.Locale.ROOT) + " " + path, map(operation));
        }));
        return operations;
    }

    /** Returns the parameters of an operation as {@code in name}, with the parameter. */
    Map<String, Map<String, Object>> parameters(Map<String, Object> operation) {
        Map<String, Map<String, Object>> parameters = new TreeMap<>();
        for (Object each : list(operation.getOrDefault("parameters", List.of()))) {
            Map<String, Object> parameter = resolve(map(each));
            parameters.put(parameter.get("in") + " " + parameter.get("name"), parameter);
        }
        return parameters;
    }

    /** Returns the responses of an operation by status. */
    Map<Integer, Map<String, Object>> responses(Map<String, Object> operation) {
        Map<Integer, Map<String, Object>> responses = new TreeMap<>();
        map(operation.get("responses"))
                .forEach((status, response) -> responses.put(Integer.valueOf(status), resolve(map(response))));
        return responses;
    }

    /** Returns what is said of a media type of a request body or a response, empty if there is nothing. */
    Map<String, Object> content(Map<String, Object> bodyOrResponse, String mediaType) {
        return map(map(bodyOrResponse.getOrDefault("content", Map.of())).getOrDefault(mediaType, Map.of()));
    }

    Map<String, Object> schemas() {
        return map(map(root.get("components")).get("schemas"));
    }

    /** Returns the name of the schema that is referred to. */
    static String schemaName(Map<String, Object> schema) {
        String ref = String.valueOf(schema.get("$ref"));
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    /** Returns every reference in the document. */
    List<String> references() {
        List<String> references = new ArrayList<>();
        collect(root, references);
        return references;
    }

    /** Returns what a reference stands for; fails if that is nothing. */
    Object find(String reference) {
        Object found = root;
        for (String step : reference.substring(2).split("/")) {
            found = map(found).get(step);
            if (found == null) {
                throw new AssertionError("dangling reference " + reference);
            }
        }
        return found;
    }

    /** Returns all media types that carry an example, with their place. */
    Map<String, Map<String, Object>> examples() {
        Map<String, Map<String, Object>> examples = new LinkedHashMap<>();
        collectExamples("", root, examples);
        return examples;
    }

    private Map<String, Object> resolve(Map<String, Object> node) {
        return node.containsKey("$ref") ? map(find((String) node.get("$ref"))) : node;
    }

    private static void collect(Object node, List<String> references) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                references.add(reference);
            }
            map.values().forEach(value -> collect(value, references));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, references));
        }
    }

    private static void collectExamples(String place, Object node, Map<String, Map<String, Object>> examples) {
        if (node instanceof Map<?, ?>) {
            Map<String, Object> map = map(node);
            if (map.containsKey("example") && map.containsKey("schema") && !map.containsKey("in")) {
                examples.put(place, map);
            }
            map.forEach((key, value) -> collectExamples(place + "/" + key, value, examples));
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object node) {
        return (List<Object>) node;
    }
}
