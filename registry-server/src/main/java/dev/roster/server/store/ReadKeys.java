package dev.roster.server.store;

/**
 * Reads the keys of a range as they are at this point of the transaction.
 *
 * @param range the range
 * @param limit most keys wanted, 1 or more
 */
public record ReadKeys(KeyRange range, int limit) implements Operation {}
