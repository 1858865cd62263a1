package dev.roster.server.config.check;

import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks documents against what a view of the store holds for them: the schema of the item, and what the application says to
 * which the item belongs: {@code orders} and {@code orders-production} to {@code orders}. For one thread.
 */
public final class DocumentChecks {

    /** Most applications of a namespace that are looked at. */
    private static final int MAX_APPLICATIONS = 1000;

    private final ReadView view;
    private final Map<NamespaceName, Map<String, KeyValue>> stored = new HashMap<>();
    private final Map<String, ApplicationMetadata> read = new HashMap<>();

    /** Checks against what a view holds. */
    public DocumentChecks(ReadView view) {
        this.view = view;
    }

    /** Returns all findings of a document: those of the schema first, each in the order of the document. */
    public List<CheckFinding> check(NamespaceName namespace, String item, DocumentFormat format, String content) {
        List<CheckFinding> findings = new ArrayList<>(schema(namespace, item, format, content));
        ApplicationMetadata metadata = metadata(namespace, item);
        if (metadata != null) {
            findings.addAll(metadata.check(format, content));
        }
        return findings;
    }

    /** Returns the first reason not to publish a document, if there is one. */
    public Optional<DocumentFlaw> firstFault(NamespaceName namespace, String item, DocumentFormat format,
            String content) {
        List<CheckFinding> findings = new ArrayList<>(schema(namespace, item, format, content));
        ApplicationMetadata metadata = metadata(namespace, item);
        if (metadata != null && metadata.refuses()) {
            findings.addAll(metadata.check(format, content));
        }
        return findings.stream().filter(CheckFinding::isFault).findFirst()
                .map(one -> new DocumentFlaw(one.line(), one.column(), one.problem(), one.expected()));
    }

    private List<CheckFinding> schema(NamespaceName namespace, String item, DocumentFormat format, String content) {
        String text = view.find(CheckKeys.schema(namespace, item)).map(found -> ItemSchemas.read(found.value()).text())
                .orElse("");
        return text.isEmpty() ? List.of() : ItemSchema.parse(text).check(format, content);
    }

    private @Nullable ApplicationMetadata metadata(NamespaceName namespace, String item) {
        Map<String, KeyValue> applications = stored.computeIfAbsent(namespace, this::applications);
        for (String name = item; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('-')))) {
            KeyValue found = applications.get(name);
            if (found != null) {
                return read.computeIfAbsent(namespace + "/" + name, _ -> ApplicationMetadata.read(found.value()));
            }
        }
        return null;
    }

    private Map<String, KeyValue> applications(NamespaceName namespace) {
        Map<String, KeyValue> applications = new HashMap<>();
        view.read(CheckKeys.metadata(namespace), MAX_APPLICATIONS).keys()
                .forEach(found -> applications.put(CheckKeys.readMetadata(namespace, found.key()), found));
        return applications;
    }
}
