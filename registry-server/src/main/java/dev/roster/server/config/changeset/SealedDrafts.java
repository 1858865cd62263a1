package dev.roster.server.config.changeset;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SealedRecords;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.Optional;

/** The drafts of all change sets, for those who rotate keys. */
public final class SealedDrafts implements SealedRecords {
    @Override
    public KeyRange range(NamespaceName namespace) {
        return ChangeSetKeys.drafts(namespace);
    }

    @Override
    public Optional<Sealed> read(ReadView view, KeyValue stored) {
        ChangeSetKeys.DraftKey key = ChangeSetKeys.readDraft(stored.key());
        return view.find(ChangeSetKeys.set(key.set())).map(ChangeSetRecord::read).flatMap(set -> set.find(key.item()))
                .map(DraftEntry::format).map(format -> sealed(key, format, stored));
    }

    private static Sealed sealed(ChangeSetKeys.DraftKey key, DocumentFormat format, KeyValue stored) {
        return new Sealed(new SecretPlace(key.set().namespace(), key.item().value()), format,
                ChangeSetRecord.readText(stored), ChangeSetRecord::writeText);
    }
}
