package dev.roster.server.store;

/**
 * Reads the keys of a range as they are at this point of the transaction.
 *
 * @param range the range
 * @param limit most keys wanted, 1 or more
 */
public record ReadKeys(KeyRange range, int limit) implements Operation {
    public ReadKeys {
        checkLimit(limit);
    }

    static void checkLimit(int limit) {
        if (limit < 1) {
            throw new InvalidCommandException("limit", limit, "1 or more");
        }
    }
}
