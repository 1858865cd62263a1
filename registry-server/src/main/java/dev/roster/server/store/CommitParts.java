package dev.roster.server.store;

/**
 * Carries out a transaction that is too large for one command, at one moment and at one revision. Its parts were put before,
 * under keys that begin with a prefix: the value of each is a {@link TxnPart}, in key order. If the compares of all parts hold,
 * the operations of all of them are done; if not, none is. The parts are gone afterwards either way.
 *
 * <p>It is refused, and changes nothing, when parts are missing, damaged, too many or too large together, and for all reasons
 * for which a {@link Txn} is.
 *
 * @param parts begins the keys of the parts
 * @param count how many parts there must be, 1 to {@value #MAX_PARTS}
 */
public record CommitParts(Key parts, int count) implements Command {

    /** Most parts. */
    public static final int MAX_PARTS = 1024;

    /**
     * Most bytes of all parts together. It bounds what one command makes of history, which keeps the parts and what was
     * written from them, see {@link HistoryLimits}.
     */
    public static final int MAX_BYTES = 48 * 1024 * 1024;

    /** Most operations of all parts together, and most compares: about 0.1 s for which other commands wait. */
    public static final int MAX_OPERATIONS = 65_536;

    public CommitParts {
        if (count < 1 || count > MAX_PARTS) {
            throw new InvalidCommandException("count", count, "1 to " + MAX_PARTS + " parts");
        }
    }
}
