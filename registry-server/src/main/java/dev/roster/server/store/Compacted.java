package dev.roster.server.store;

/** Result of a {@link Compact}. */
public record Compacted(Revision revision) implements CommandResult {}
