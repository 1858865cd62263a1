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
     * @throws KeyNotFoundException if one of them keeps the value or lease of a key that does not exist
     * @throws RevisionAheadException if one of them looks at a revision that is not there yet
     * @throws RevisionCompactedException if one of them looks at a revision that is no longer kept
     */
    static TxnResult run(Contents contents, Txn txn) {
        TxnRun run = new TxnRun(contents);
        Branch branch = run.plan(txn);
        run.checkKeysWrittenOnce();
        RevisionWriter writer = new RevisionWriter(contents);
        List<OperationResult> results = run.carryOut(branch, writer);
        return new TxnResult(branch.holds, results, writer.publish());
    }

    /**
     * Carries the transactions of parts out as one, or none of them, and deletes the parts.
     *
     * @param parts none does anything when its compares do not hold
     * @param staged where the parts are; none of them may write there
     */
    static TxnResult runParts(Contents contents, List<Txn> parts, KeyRange staged) {
        TxnRun run = new TxnRun(contents);
        List<Branch> branches = parts.stream().map(run::plan).toList();
        boolean holds = branches.stream().allMatch(Branch::holds);
        run.deletes.add(staged);
        run.checkKeysWrittenOnce();
        RevisionWriter writer = new RevisionWriter(contents);
        if (holds) {
            branches.forEach(branch -> run.carryOut(branch, writer));
        }
        run.delete(staged, writer);
        return new TxnResult(holds, List.of(), writer.publish());
    }

    /** A transaction with what was decided for it and, in their order, for those nested in the list that runs. */
    private record Branch(boolean holds, List<Operation> operations, List<Branch> nested) {}

    private Branch plan(Txn txn) {
        boolean holds = CompareCheck.allHold(contents.keys, txn.compares());
        List<Operation> operations = holds ? txn.then() : txn.otherwise();
        List<Branch> nested = List.of();
        for (Operation operation : operations) {
            switch (operation) {
                case PutKey put -> planPut(put.key(), put.lease());
                case UpdateKey update -> planUpdate(update);
                case DeleteKeys delete -> deletes.add(delete.range());
                case ReadKeys _ -> {
                }
                case QueryKeys query -> planQuery(query);
                case Txn inner -> {
                    nested = nested.isEmpty() ? new ArrayList<>() : nested;
                    nested.add(plan(inner));
                }
            }
        }
        return new Branch(holds, operations, nested);
    }

    private void planPut(Key key, LeaseId lease) {
        if (!lease.isNone() && contents.leases.find(lease) == null) {
            throw new LeaseNotFoundException(lease);
        }
        puts.add(key);
    }

    /** What is kept is what is there before the transaction: no other operation writes the key. */
    private void planUpdate(UpdateKey update) {
        if (present(update.key()) == null) {
            throw new KeyNotFoundException(update.key());
        }
        LeaseId lease = update.lease();
        planPut(update.key(), lease == null ? LeaseId.NONE : lease);
    }

    private void planQuery(QueryKeys query) {
        Revision at = query.at();
        if (at != null) {
            if (at.isAfter(contents.revision())) {
                throw new RevisionAheadException(contents.revision());
            }
            contents.checkKept(at);
        }
    }

    private @Nullable KeyValue present(Key key) {
        KeyChain chain = contents.keys.find(key);
        return chain == null ? null : chain.newest().current;
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
                case PutKey put -> put(put, writer);
                case UpdateKey update -> update(update, writer);
                case DeleteKeys delete -> delete(delete, writer);
                case ReadKeys read -> RevisionView.read(contents.keys, read.range(), read.limit(), Long.MAX_VALUE);
                case QueryKeys query -> query(query);
                case Txn _ -> {
                    Branch inner = branch.nested.get(nested++);
                    List<OperationResult> innerResults = carryOut(inner, writer);
                    yield new TxnResult(inner.holds, innerResults, writer.reached());
                }
            });
        }
        return results;
    }

    private static KeyPut put(PutKey put, RevisionWriter writer) {
        KeyValue before = writer.put(put.key(), put.value(), put.lease());
        return new KeyPut(put.withPrevious() ? before : null);
    }

    private KeyPut update(UpdateKey update, RevisionWriter writer) {
        KeyValue kept = present(update.key());
        if (kept == null) {
            throw new IllegalStateException("the plan found a key that is not there: " + update.key());
        }
        Value value = update.value() == null ? kept.value() : update.value();
        LeaseId lease = update.lease() == null ? kept.lease() : update.lease();
        writer.put(update.key(), value, lease);
        return new KeyPut(update.withPrevious() ? kept : null);
    }

    /** Changes of the transaction itself count as later than any revision that it may name. */
    private KeysFound query(QueryKeys query) {
        Revision at = query.at();
        return QueryRun.run(contents.keys, query.query(), at == null ? Long.MAX_VALUE : at.value());
    }

    private KeysDeleted delete(DeleteKeys delete, RevisionWriter writer) {
        List<KeyValue> deleted = delete(delete.range(), writer);
        return delete.withPrevious() ? new KeysDeleted(deleted) : new KeysDeleted(List.of(), deleted.size());
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
