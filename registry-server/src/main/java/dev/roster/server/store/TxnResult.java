package dev.roster.server.store;

import java.util.List;

/**
 * Result of a {@link Txn}.
 *
 * @param succeeded whether the compares held
 * @param results one for each operation of the list that ran, in its order
 * @param revision revision after the transaction; it is new if the transaction wrote anything. Of a nested one: the
 *     revision at its end, as a read there would see it
 */
public record TxnResult(boolean succeeded, List<OperationResult> results, Revision revision)
        implements
            CommandResult,
            OperationResult {
    public TxnResult {
        results = List.copyOf(results);
    }
}
