package dev.roster.system.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the chart makes of a set of values, as release {@code demo} in namespace {@code infra}.
 *
 * @param manifests in the order in which Helm would install them
 */
record Chart(List<Manifest> manifests) {

    static final Path FOLDER = Path.of("..", "helm", "roster").toAbsolutePath().normalize();

    static Chart render() {
        return render("");
    }

    /**
     * Renders the chart with changed values.
     *
     * @param values YAML
     * @throws IllegalStateException if the chart refuses the values, with its reason
     */
    static Chart render(String values) {
        try {
            var file = Files.createTempFile(Path.of("target"), "values", ".yaml");
            try {
                Files.writeString(file, values);
                var output = new Helm(FOLDER).template().withName("demo").withNamespace("infra")
                        .withKubeVersion("1.31.0").withValuesFile(file.toAbsolutePath()).call();
                return new Chart(parse(output));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    static List<Manifest> parse(String yaml) {
        var documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml);
        return StreamSupport.stream(documents.spliterator(), false).filter(Map.class::isInstance)
                .map(document -> new Manifest((Map<?, ?>) document)).toList();
    }

    List<String> kinds() {
        return manifests.stream().map(manifest -> manifest.kind() + "/" + manifest.name()).toList();
    }

    Manifest statefulSet() {
        return matching("StatefulSet").findFirst().orElseThrow();
    }

    /** The only container of a member's pod. */
    Manifest container() {
        return statefulSet().items("spec.template.spec.containers").getFirst();
    }

    Manifest only(String kind, String name) {
        var found = matching(kind).filter(manifest -> manifest.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + "/" + name + " in " + kinds());
        }
        return found.getFirst();
    }

    Stream<Manifest> matching(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    /** Every label selector in the chart, wherever it stands. */
    List<Map<?, ?>> podSelectors() {
        var selectors = new ArrayList<Map<?, ?>>();
        for (var manifest : manifests) {
            if (manifest.kind().equals("Service")) {
                selectors.add(manifest.map("spec.selector"));
            }
            collectSelectors(manifest.content(), selectors);
        }
        return selectors;
    }

    private static void collectSelectors(Object value, List<Map<?, ?>> into) {
        switch (value) {
            case Map<?, ?> map -> {
                if (map.get("matchLabels") instanceof Map<?, ?> labels) {
                    into.add(labels);
                }
                map.values().forEach(child -> collectSelectors(child, into));
            }
            case List<?> list -> list.forEach(child -> collectSelectors(child, into));
            case null, default -> {
            }
        }
    }
}
