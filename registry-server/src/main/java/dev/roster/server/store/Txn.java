package dev.roster.server.store;

import java.util.List;

/**
 * Compares, then does one of two lists of operations, atomically and at one revision. Each key may be written at most
 * once by the operations that run; deletions may overlap. All compares, those of nested transactions too, look at the state
 * before the transaction; operations see the effects of those before them.
 *
 * @param compares all must hold for {@code then}; empty means that they do
 * @param then done when the compares hold
 * @param otherwise done when they do not
 */
public record Txn(List<Compare> compares, List<Operation> then, List<Operation> otherwise)
        implements
            Command,
            Operation {

    /**
     * Most operations in one transaction, of both lists and nested ones included, and most compares: what one command may
     * cost every other that waits behind it.
     */
    public static final int MAX_OPERATIONS = 1024;

    /** Deepest nesting, 1 being a transaction without nested ones: no protocol needs more than two. */
    public static final int MAX_DEPTH = 8;

    public Txn {
        compares = List.copyOf(compares);
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
        check("compares", compares.size(), MAX_OPERATIONS);
        check("operations", operations(then) + operations(otherwise), MAX_OPERATIONS);
        check("nesting", 1 + Math.max(depth(then), depth(otherwise)), MAX_DEPTH);
    }

    private static void check(String field, int given, int most) {
        if (given > most) {
            throw new InvalidCommandException(field, given, "at most " + most);
        }
    }

    private static int operations(List<Operation> list) {
        int count = list.size();
        for (Operation operation : list) {
            if (operation instanceof Txn inner) {
                count += operations(inner.then) + operations(inner.otherwise);
            }
        }
        return count;
    }

    private static int depth(List<Operation> list) {
        int deepest = 0;
        for (Operation operation : list) {
            if (operation instanceof Txn inner) {
                deepest = Math.max(deepest, 1 + Math.max(depth(inner.then), depth(inner.otherwise)));
            }
        }
        return deepest;
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
