package dev.roster.server.config.secret;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Value;
import java.util.Optional;
import java.util.function.Function;

/** A kind of record that holds documents with secrets; rotation goes through all of them. */
public interface SealedRecords {

    /**
     * A record with a document.
     *
     * @param place what its secrets are bound to
     * @param content the document
     * @param rewritten makes the value of the record with another document
     */
    record Sealed(SecretPlace place, DocumentFormat format, String content, Function<String, Value> rewritten) {}

    /** Returns where the records of a namespace are. */
    KeyRange range(NamespaceName namespace);

    /** Reads a record, empty if it has no document. */
    Optional<Sealed> read(ReadView view, KeyValue stored);
}
