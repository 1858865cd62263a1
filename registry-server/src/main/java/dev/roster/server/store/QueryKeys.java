package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Carries a query out within a transaction.
 *
 * @param query what is wanted
 * @param at the revision to look at, refused if it is in the future of the transaction or no longer kept; null is this point
 *     of the transaction
 */
public record QueryKeys(KeyQuery query, @Nullable Revision at) implements Operation {

    /** Queries the keys as they are at this point of the transaction. */
    public QueryKeys(KeyQuery query) {
        this(query, null);
    }
}
