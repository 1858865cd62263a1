package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries a transaction out in two steps. {@link #plan} decides, against the state before it, which operations run, nested
 * transactions included, and checks all that may be refused. {@link #carryOut} then writes and cannot fail.
 */
final class TxnRun {
    private final Contents contents;
    private final List<Key> puts = new ArrayList<>();
    private final List<KeyRange> deletes = new ArrayList<>();

    private TxnRun(Contents contents) {
        this.contents = contents;
    }

    /**
     * Carries a transaction out.
     *
     * @throws InvalidCommandException if the operations that would run write a key more than once
     * @throws LeaseNotFoundException if one of them names a lease that does not exist
     */
    static TxnResult run(Contents contents, Txn txn) {
        TxnRun run = new TxnRun(contents);
        Branch branch = run.plan(txn);
        run.checkKeysWrittenOnce();
        RevisionWriter writer = new RevisionWriter(contents);
        List<OperationResult> results = run.carryOut(branch, writer);
        return new TxnResult(branch.holds, results, writer.publish());
    }

    /** A transaction with what was decided for it and, in their order, for those nested in the list that runs. */
    private record Branch(boolean holds, List<Operation> operations, List<Branch> nested) {}

    private Branch plan(Txn txn) {
        boolean holds = CompareCheck.allHold(contents.keys, txn.compares());
        List<Operation> operations = holds ? txn.then() : txn.otherwise();
        List<Branch> nested = List.of();
        for (Operation operation : operations) {
            switch (operation) {
                case PutKey put -> planPut(put);
                case DeleteKeys delete -> deletes.add(delete.range());
                case ReadKeys _ -> {
                }
                case Txn inner -> {
                    nested = nested.isEmpty() ? new ArrayList<>() : nested;
                    nested.add(plan(inner));
                }
            }
        }
        return new Branch(holds, operations, nested);
    }

    private void planPut(PutKey put) {
        if (!put.lease().isNone() && contents.leases.find(put.lease()) == null) {
            throw new LeaseNotFoundException(put.lease());
        }
        puts.add(put.key());
    }

    private void checkKeysWrittenOnce() {
        if (puts.isEmpty() || puts.size() + deletes.size() == 1) {
            return;
        }
        TreeSet<Key> written = new TreeSet<>();
        for (Key key : puts) {
            if (!written.add(key)) {
                throw writtenTwice(key);
            }
        }
        for (KeyRange range : deletes) {
            Key key = written.ceiling(range.from());
            if (key != null && range.contains(key)) {
                throw writtenTwice(key);
            }
        }
    }

    private static InvalidCommandException writtenTwice(Key key) {
        return new InvalidCommandException("key", key, "a key that no other operation of the transaction writes");
    }

    private List<OperationResult> carryOut(Branch branch, RevisionWriter writer) {
        List<OperationResult> results = new ArrayList<>(branch.operations.size());
        int nested = 0;
        for (Operation operation : branch.operations) {
            results.add(switch (operation) {
                case PutKey put -> new KeyPut(writer.put(put.key(), put.value(), put.lease()));
                case DeleteKeys delete -> new KeysDeleted(delete(delete.range(), writer));
                case ReadKeys read -> RevisionView.read(contents.keys, read.range(), read.limit(), Long.MAX_VALUE);
                case Txn _ -> {
                    Branch inner = branch.nested.get(nested++);
                    List<OperationResult> innerResults = carryOut(inner, writer);
                    yield new TxnResult(inner.holds, innerResults, writer.reached());
                }
            });
        }
        return results;
    }

    private List<KeyValue> delete(KeyRange range, RevisionWriter writer) {
        if (range.isSingleKey()) {
            KeyChain chain = contents.keys.find(range.from());
            KeyValue deleted = chain == null ? null : writer.delete(chain);
            return deleted == null ? List.of() : List.of(deleted);
        }
        List<KeyValue> previous = new ArrayList<>();
        for (KeyChain chain : contents.keys.in(range)) {
            @Nullable
            KeyValue deleted = writer.delete(chain);
            if (deleted != null) {
                previous.add(deleted);
            }
        }
        return previous;
    }
}
