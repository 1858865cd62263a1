package dev.roster.server.config.check;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Key;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What applications say of their properties, by namespace and application. May be used by any thread; changes wait for the
 * store.
 */
public final class ApplicationMetadatas {

    /** Attempts of one request before it gives up; each one fails only because another request succeeded. */
    private static final int MAX_ATTEMPTS = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    private final Store store;

    /** Keeps them in a store. */
    public ApplicationMetadatas(Store store) {
        this.store = store;
    }

    /**
     * Sets what an application says of its properties.
     *
     * @param json a {@code spring-configuration-metadata.json}
     * @param append whether it is added to what is known, as that of another library
     * @param refuse whether documents with faults are refused from then on
     * @throws InvalidArgumentException if it is none
     */
    public MetadataSummary set(Caller caller, NamespaceName namespace, String application, String json, boolean append,
            boolean refuse) {
        caller.require(Role.EDITOR);
        Key key = key(namespace, application);
        var properties = ApplicationMetadata.parse(json);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<KeyValue> stored = Outcome.await(store.linearizableView()).find(key);
            ApplicationMetadata before = stored.map(found -> ApplicationMetadata.read(found.value()))
                    .orElse(new ApplicationMetadata(refuse, 0, Map.of()));
            ApplicationMetadata next = new ApplicationMetadata(refuse, before.number() + 1,
                    ApplicationMetadata.merge(append ? before.properties() : Map.of(), properties));
            Compare unchanged = stored.map(found -> Compare.modifiedAt(key, found.modified()))
                    .orElseGet(() -> Compare.absent(key));
            PutKey put = new PutKey(key, next.write()).withoutPrevious();
            if (Outcome.await(store.commit(Txn.when(List.of(unchanged), put))).succeeded()) {
                return summary(application, next);
            }
        }
        throw new CheckMismatchException("metadata of " + application, get(caller, namespace, application).number());
    }

    /** Returns what is known of an application as this member's replica shows it. */
    public MetadataSummary get(Caller caller, NamespaceName namespace, String application) {
        caller.require(Role.READER);
        return store.view().find(key(namespace, application))
                .map(found -> summary(application, ApplicationMetadata.read(found.value())))
                .orElse(new MetadataSummary(application, 0, 0, false));
    }

    /** Forgets what is known of an application; documents are not checked any more. */
    public void remove(Caller caller, NamespaceName namespace, String application) {
        caller.require(Role.EDITOR);
        Outcome.await(store.commit(Txn.of(new DeleteKeys(key(namespace, application)).withoutPrevious())));
    }

    private static Key key(NamespaceName namespace, String application) {
        if (!NAME.matcher(application).matches()) {
            throw new InvalidArgumentException("application", application,
                    "1 to 128 letters, digits, dots, hyphens and underscores, beginning and ending with a letter or a digit");
        }
        return CheckKeys.metadata(namespace, application);
    }

    private static MetadataSummary summary(String application, ApplicationMetadata metadata) {
        return new MetadataSummary(application, metadata.number(), metadata.properties().size(), metadata.refuses());
    }
}
