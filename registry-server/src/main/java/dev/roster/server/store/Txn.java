package dev.roster.server.store;

import java.util.List;

/**
 * Compares, then does one of two lists of operations, atomically and at one revision. Each key may be written at most
 * once by the operations that run.
 *
 * @param compares all must hold for {@code then}; empty means that they do
 * @param then done when the compares hold
 * @param otherwise done when they do not
 */
public record Txn(List<Compare> compares, List<Operation> then, List<Operation> otherwise)
        implements
            Command,
            Operation {

    /** Most operations in one transaction, nested ones included. */
    public static final int MAX_OPERATIONS = 1024;

    public Txn {
        compares = List.copyOf(compares);
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
    }

    /** Returns a transaction that does these operations unconditionally. */
    public static Txn of(Operation... operations) {
        return new Txn(List.of(), List.of(operations), List.of());
    }

    /** Returns a transaction that does these operations if all compares hold, and nothing otherwise. */
    public static Txn when(List<Compare> compares, Operation... operations) {
        return new Txn(compares, List.of(operations), List.of());
    }
}
