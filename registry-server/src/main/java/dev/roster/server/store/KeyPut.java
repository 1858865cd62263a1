package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Result of a {@link PutKey} or an {@link UpdateKey}.
 *
 * @param previous the key before, null if it did not exist or was not asked for
 */
public record KeyPut(@Nullable KeyValue previous) implements OperationResult {}
