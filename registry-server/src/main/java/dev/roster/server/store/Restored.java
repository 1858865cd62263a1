package dev.roster.server.store;

/**
 * Result of a {@link Restore}.
 *
 * @param backup what was restored
 * @param revision revision after it, the oldest that is kept
 */
public record Restored(BackupHeader backup, Revision revision) implements CommandResult {}
