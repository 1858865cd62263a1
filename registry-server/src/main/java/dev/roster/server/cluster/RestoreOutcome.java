package dev.roster.server.cluster;

import dev.roster.server.store.Restored;
import java.time.Instant;

/**
 * What was restored, for edges, which do not know the store.
 *
 * @param origin whose state it was, for people: the members of the cluster
 * @param backupRevision the revision that the backup showed
 * @param backupTime when it was made
 * @param revision the revision of the store now
 */
public record RestoreOutcome(String origin, long backupRevision, Instant backupTime, long revision) {

    static RestoreOutcome of(Restored restored) {
        return new RestoreOutcome(restored.backup().origin(), restored.backup().revision().value(),
                restored.backup().time(), restored.revision().value());
    }
}
