package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A part of a transaction for {@link CommitParts}, as the value of a key. Version 1: the compares, each of one key with a
 * number; then the keys to put, without leases; then the ranges to delete.
 *
 * @param txn what the part says: compares, and what is done when those of all parts hold
 */
record TxnPart(Txn txn) {
    private static final int VERSION = 1;

    /** Their places are their numbers in the form. */
    private static final List<Compare.Field> NUMBERS = List.of(Compare.Field.VERSION, Compare.Field.CREATED,
            Compare.Field.MODIFIED, Compare.Field.LEASE);
    private static final List<Compare.Relation> RELATIONS = List.of(Compare.Relation.EQUAL,
            Compare.Relation.NOT_EQUAL, Compare.Relation.LESS, Compare.Relation.GREATER);

    /**
     * Checks that the part can be written.
     *
     * @throws InvalidCommandException if the transaction does anything when its compares do not hold, or more than to put keys
     *     without leases and to delete; or compares ranges or values
     */
    TxnPart {
        if (!txn.otherwise().isEmpty()) {
            throw new InvalidCommandException("otherwise", txn.otherwise().size() + " operations", "none in a part");
        }
        for (Compare compare : txn.compares()) {
            if (!compare.range().isSingleKey() || compare.value() != null) {
                throw new InvalidCommandException("compare", compare, "a key with a number, in a part");
            }
        }
        for (Operation operation : txn.then()) {
            boolean known = operation instanceof PutKey put
                    ? put.lease().isNone()
                    : operation instanceof DeleteKeys delete && delete.range().to() != null;
            if (!known) {
                throw new InvalidCommandException("operation", operation,
                        "a key to put without a lease, or a range with an end to delete, in a part");
            }
        }
    }

    /** Returns the bytes of the part. */
    Value toValue() {
        ValueWriter writer = new ValueWriter(VERSION).count(txn.compares().size());
        for (Compare compare : txn.compares()) {
            writer.key(compare.range().from()).octet(NUMBERS.indexOf(compare.field()))
                    .octet(RELATIONS.indexOf(compare.relation()))
                    .number(compare.number());
        }
        List<PutKey> puts = txn.then().stream().filter(PutKey.class::isInstance).map(PutKey.class::cast).toList();
        writer.count(puts.size());
        puts.forEach(put -> writer.key(put.key()).value(put.value()));
        writer.count(txn.then().size() - puts.size());
        for (Operation operation : txn.then()) {
            if (operation instanceof DeleteKeys delete) {
                writer.key(delete.range().from()).key(Objects.requireNonNull(delete.range().to()));
            }
        }
        return writer.toValue();
    }

    /**
     * Reads a part.
     *
     * @throws CorruptStateException if the bytes are no whole part
     */
    static TxnPart read(Value value) {
        ValueReader reader = new ValueReader(value, VERSION);
        List<Compare> compares = new ArrayList<>();
        for (int left = reader.count("compares"); left > 0; left--) {
            compares.add(new Compare(KeyRange.of(reader.key("key")), choice(reader, "field", NUMBERS),
                    choice(reader, "relation", RELATIONS), reader.number("operand"), null));
        }
        List<Operation> operations = new ArrayList<>();
        for (int left = reader.count("puts"); left > 0; left--) {
            operations.add(new PutKey(reader.key("key"), reader.value("value")).withoutPrevious());
        }
        for (int left = reader.count("deletions"); left > 0; left--) {
            operations.add(new DeleteKeys(new KeyRange(reader.key("from"), reader.key("to"))).withoutPrevious());
        }
        reader.end();
        return new TxnPart(new Txn(compares, operations, List.of()));
    }

    private static <T> T choice(ValueReader reader, String field, List<T> choices) {
        int start = reader.offset();
        int code = reader.octet(field);
        if (code >= choices.size()) {
            throw reader.damaged(field, start, "is " + code + ", expected 0 to " + (choices.size() - 1));
        }
        return choices.get(code);
    }
}
