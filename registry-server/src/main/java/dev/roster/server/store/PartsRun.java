package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;

/** Carries out a {@link CommitParts}: reads the parts, checks them wholly, then does all they say or nothing of it. */
final class PartsRun {
    private static final String PARTS = "parts";

    private PartsRun() {}

    /**
     * Carries the parts out.
     *
     * @throws InvalidCommandException if the parts are not as the command says; nothing was changed
     */
    static TxnResult run(Contents contents, CommitParts command) {
        KeyRange staged = KeyRange.prefix(command.parts());
        List<Txn> parts = new ArrayList<>();
        long bytes = 0;
        int operations = 0;
        int compares = 0;
        for (KeyChain chain : contents.keys.in(staged)) {
            KeyValue part = chain.newest().current;
            if (part != null) {
                check("parts", parts.size() + 1, command.count());
                bytes += part.value().size();
                check("bytes", bytes, CommitParts.MAX_BYTES);
                Txn txn = read(part);
                operations += txn.then().size();
                compares += txn.compares().size();
                check("operations", operations, CommitParts.MAX_OPERATIONS);
                check("compares", compares, CommitParts.MAX_OPERATIONS);
                parts.add(txn);
            }
        }
        if (parts.size() != command.count()) {
            throw new InvalidCommandException(PARTS, parts.size() + " parts", command.count() + " parts");
        }
        return TxnRun.runParts(contents, parts, staged);
    }

    private static Txn read(KeyValue part) {
        try {
            return TxnPart.read(part.value()).txn();
        } catch (CorruptStateException e) {
            throw new InvalidCommandException(PARTS, "damaged: " + e.getMessage(), "whole parts");
        }
    }

    private static void check(String what, long given, int most) {
        if (given > most) {
            throw new InvalidCommandException(PARTS, given + " " + what, "at most " + most + " " + what);
        }
    }
}
