package dev.roster.server.config.format;

import dev.roster.server.config.format.DocumentProperties.Sink;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads the properties of a YAML document that {@link YamlCheck} has found good. Aliases are replaced and merge keys
 * followed; what comes from an anchor has the place that it has there.
 */
final class YamlProperties {
    private final Sink sink;
    private final Scalars scalars;
    private int document;

    private YamlProperties(Sink sink, Scalars scalars) {
        this.sink = sink;
        this.scalars = scalars;
    }

    static void read(String content, Sink sink) {
        LoaderOptions options = YamlCheck.options();
        Scalars scalars = new Scalars(options);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(scalars, new Representer(unused), unused, options);
        YamlProperties properties = new YamlProperties(sink, scalars);
        for (Node document : yaml.composeAll(new StringReader(content))) {
            if (document instanceof MappingNode top) {
                properties.mapping("", top);
            }
            properties.document++;
        }
    }

    private void mapping(String path, MappingNode mapping) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        collect(mapping, entries);
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            value(DocumentProperties.join(path, entry.getKey()), entry.getValue().getKeyNode(),
                    entry.getValue().getValueNode());
        }
    }

    /** Gathers the entries of a mapping: its own first, which win over merged ones, of which the first wins. */
    private void collect(MappingNode mapping, Map<String, NodeTuple> entries) {
        for (NodeTuple entry : mapping.getValue()) {
            if (!Tag.MERGE.equals(entry.getKeyNode().getTag())) {
                entries.putIfAbsent(scalars.key((ScalarNode) entry.getKeyNode()), entry);
            }
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (Tag.MERGE.equals(entry.getKeyNode().getTag())) {
                if (entry.getValueNode() instanceof MappingNode merged) {
                    collect(merged, entries);
                } else if (entry.getValueNode() instanceof SequenceNode list) {
                    list.getValue().forEach(merged -> collect((MappingNode) merged, entries));
                }
            }
        }
    }

    private void value(String path, Node place, Node value) {
        switch (value) {
            case MappingNode mapping -> mapping(path, mapping);
            case SequenceNode list -> {
                for (int i = 0; i < list.getValue().size(); i++) {
                    Node element = list.getValue().get(i);
                    value(path + "[" + i + "]", element, element);
                }
            }
            case ScalarNode scalar -> {
                sink.moveTo(place.getStartMark().getLine() + 1, place.getStartMark().getColumn() + 1);
                if (scalar.getAnchor() == null) {
                    sink.atCodePoints(scalar.getStartMark().getIndex(), scalar.getEndMark().getIndex());
                }
                sink.add(document, path, scalars.text(scalar));
            }
            default -> throw new IllegalStateException("aliases are replaced while nodes are made");
        }
    }

    /** Tells what scalars say. Times stay as they are written, as Spring Boot leaves them. */
    private static final class Scalars extends SafeConstructor {
        Scalars(LoaderOptions options) {
            super(options);
        }

        String text(ScalarNode node) {
            if (Tag.NULL.equals(node.getTag())) {
                return "";
            }
            boolean plain = Tag.BOOL.equals(node.getTag()) || Tag.INT.equals(node.getTag())
                    || Tag.FLOAT.equals(node.getTag());
            return plain ? String.valueOf(constructObject(node)) : node.getValue();
        }

        /** Keys that are no strings stand in brackets, as in Spring. */
        String key(ScalarNode node) {
            return Tag.STR.equals(node.getTag()) ? node.getValue() : "[" + text(node) + "]";
        }
    }
}
