package dev.roster.server.config.check;

import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
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

    private final ReadView view;
    private final Map<Key, ApplicationMetadata> read = new HashMap<>();

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

    /** Looks for the application by name, rather than at all of them: a publication is to cost the same however many there are. */
    private @Nullable ApplicationMetadata metadata(NamespaceName namespace, String item) {
        for (String name = item; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('-')))) {
            Key key = CheckKeys.metadata(namespace, name);
            KeyValue found = view.find(key).orElse(null);
            if (found != null) {
                return read.computeIfAbsent(key, _ -> ApplicationMetadata.read(found.value()));
            }
        }
        return null;
    }
}
