package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Result of a {@link PutKey}.
 *
 * @param previous the key before, null if it did not exist
 */
public record KeyPut(@Nullable KeyValue previous) implements OperationResult {}
