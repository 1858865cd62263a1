package dev.roster.server.config;

import dev.roster.server.config.secret.SealedRecords;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.Optional;

/** The versions of all items, for those who rotate keys. */
public final class SealedVersions implements SealedRecords {
    @Override
    public KeyRange range(NamespaceName namespace) {
        return ConfigKeys.versions(namespace);
    }

    @Override
    public Optional<Sealed> read(ReadView view, KeyValue stored) {
        ItemKey item = ConfigKeys.readVersion(stored.key());
        Release release = ReleaseRecord.readRelease(item, stored);
        return Optional.of(new Sealed(new SecretPlace(item.namespace(), item.name().value()), release.entry().format(),
                release.content(), content -> ReleaseRecord.write(release.entry(), content)));
    }
}
