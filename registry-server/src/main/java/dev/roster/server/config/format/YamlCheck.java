package dev.roster.server.config.format;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads a YAML document twice. The first pass looks at its shape: a mapping at the top, plain keys, no anchor within
 * itself, and no more nodes than {@link #MAX_NODES} once every alias is replaced by what it stands for, which is what a
 * Spring application does. The second pass makes its values, with standard tags only and no key twice.
 */
final class YamlCheck {

    /** Most nodes with aliases replaced. A document of 1 MiB without aliases cannot have more. */
    private static final long MAX_NODES = 1024 * 1024;

    private static final String EXPECTED = "YAML 1.1 with a mapping at the top, each key once, standard tags, nested at "
            + "most " + DocumentFormat.MAX_DEPTH + " deep";

    private YamlCheck() {}

    /** Returns the first flaw, if there is one. */
    static Optional<DocumentFlaw> firstFlaw(String content) {
        return unprintable(content).or(() -> shapeAndValues(content));
    }

    private static Optional<DocumentFlaw> unprintable(String content) {
        int codePoint;
        for (int i = 0; i < content.length(); i += Character.charCount(codePoint)) {
            codePoint = content.codePointAt(i);
            if (!StreamReader.isPrintable(codePoint)) {
                return Optional.of(DocumentFlaw.at(content, i,
                        String.format("found character U+%04X, which YAML does not allow", codePoint), EXPECTED));
            }
        }
        return Optional.empty();
    }

    private static Optional<DocumentFlaw> shapeAndValues(String content) {
        LoaderOptions options = options();
        TracingConstructor constructor = new TracingConstructor(options);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(constructor, new Representer(unused), unused, options);
        try {
            for (Node document : yaml.composeAll(new StringReader(content))) {
                new Shape().checkTop(document);
            }
            yaml.loadAll(content).forEach(value -> {});
            return Optional.empty();
        } catch (ShapeException e) {
            return flaw(content, e.where, e.problem);
        } catch (MarkedYAMLException e) {
            return begunBefore(e)
                    ? flaw(content, e.getContextMark(), e.getContext() + ", " + e.getProblem())
                    : flaw(content, e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            // Thrown without a place for values that look like a number and are none, and for deep nesting.
            return flaw(content, constructor.mark(), e.getMessage());
        }
    }

    /** Returns how documents are parsed. */
    static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(DocumentFormat.MAX_DEPTH);
        // Content is bounded before it comes here, and what aliases unfold to is bounded by MAX_NODES, with a place.
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        return options;
    }

    /**
     * Tells whether the place to name is where something begins that is never ended: the parser stops somewhere behind, for
     * a string at the end of the document.
     */
    private static boolean begunBefore(MarkedYAMLException e) {
        String context = e.getContext();
        boolean string = "while scanning a quoted scalar".equals(context)
                && "found unexpected end of stream".equals(e.getProblem());
        return e.getContextMark() != null && (string || "while scanning a simple key".equals(context));
    }

    private static Optional<DocumentFlaw> flaw(String content, @Nullable Mark mark, @Nullable String problem) {
        String known = problem == null ? "not YAML" : problem;
        return Optional.of(mark == null
                ? DocumentFlaw.at(content, content.length(), known, EXPECTED)
                : new DocumentFlaw(mark.getLine() + 1, mark.getColumn() + 1, known, EXPECTED));
    }

    /** Ends the first pass at the first flaw; never leaves this class. */
    private static final class ShapeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Mark where;
        private final String problem;

        ShapeException(Node node, String problem) {
            super(problem, null, false, false);
            this.where = node.getStartMark();
            this.problem = problem;
        }
    }

    /** The first pass over one document. */
    private static final class Shape {
        private static final long UNDER_WAY = -1;

        private static final Set<String> TRUTH = Set.of("true", "false", "yes", "no", "on", "off");

        /** Number of nodes below and with each node, aliases replaced. */
        private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();

        void checkTop(Node top) {
            boolean empty = top instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
            if (!empty && !(top instanceof MappingNode)) {
                throw new ShapeException(top, "found no mapping at the top");
            }
            size(top);
        }

        private long size(Node node) {
            Long known = sizes.putIfAbsent(node, UNDER_WAY);
            if (known != null) {
                if (known == UNDER_WAY) {
                    throw new ShapeException(node, "found an anchor that contains an alias of itself");
                }
                return known;
            }
            long size = 1;
            switch (node) {
                case MappingNode mapping -> {
                    for (NodeTuple entry : mapping.getValue()) {
                        size += sizeOfKey(entry.getKeyNode()) + size(entry.getValueNode());
                        bound(size, entry.getKeyNode());
                    }
                }
                case SequenceNode sequence -> {
                    for (Node element : sequence.getValue()) {
                        size += size(element);
                        bound(size, sequence);
                    }
                }
                case ScalarNode scalar -> checkTruth(scalar);
                default -> {
                }
            }
            sizes.put(node, size);
            return size;
        }

        /** The parser would make nothing of a word that is said to be a truth value and is none. */
        private static void checkTruth(ScalarNode scalar) {
            if (Tag.BOOL.equals(scalar.getTag()) && !TRUTH.contains(scalar.getValue().toLowerCase(Locale.ROOT))) {
                throw new ShapeException(scalar, "found " + scalar.getValue() + ", which is no truth value");
            }
        }

        private static long sizeOfKey(Node key) {
            if (!(key instanceof ScalarNode)) {
                throw new ShapeException(key, "found a key that is a list or a mapping");
            }
            return 1;
        }

        private static void bound(long size, Node node) {
            if (size > MAX_NODES) {
                throw new ShapeException(node, "found aliases that unfold to more than " + MAX_NODES + " nodes");
            }
        }
    }

    /** Remembers where it is, for those of its exceptions that do not say. */
    private static final class TracingConstructor extends SafeConstructor {
        private @Nullable Node current;

        TracingConstructor(LoaderOptions options) {
            super(options);
        }

        @Override
        protected Object constructObject(Node node) {
            current = node;
            try {
                return super.constructObject(node);
            } catch (YAMLException | ShapeException e) {
                throw e;
            } catch (RuntimeException e) {
                // The parser lets out whatever a conversion throws: of casts, of indexes, of numbers.
                throw new ShapeException(node, "found a value that is not what its tag says");
            }
        }

        @Nullable
        Mark mark() {
            return current == null ? null : current.getStartMark();
        }
    }
}
