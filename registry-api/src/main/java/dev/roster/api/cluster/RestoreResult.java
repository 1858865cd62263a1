package dev.roster.api.cluster;

import java.time.Instant;

/**
 * What was restored.
 *
 * @param origin whose state it was, for people: the members of the cluster that the backup is of
 * @param backupRevision the revision that the backup showed
 * @param backupTime when it was made
 * @param revision the revision of the store now, greater than any before
 */
public record RestoreResult(String origin, long backupRevision, Instant backupTime, long revision) {}
