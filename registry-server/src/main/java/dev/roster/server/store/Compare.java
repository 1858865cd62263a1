package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A condition on every key of a range, which may be a single key. A range without keys is compared as one key with version,
 * revisions and lease 0, and no comparison with a value holds for it (as in etcd v3, {@code applyCompare}): so version 0
 * says of a range that nothing is there.
 *
 * @param range the keys
 * @param field what is compared
 * @param relation how
 * @param number the operand, for every field but {@code VALUE}
 * @param value the operand for {@code VALUE}, otherwise null
 */
public record Compare(KeyRange range, Field field, Relation relation, long number, @Nullable Value value) {

    /** What a comparison looks at. */
    public enum Field {
        VERSION, CREATED, MODIFIED, LEASE, VALUE
    }

    /** How a comparison relates the present value, on the left, to the operand. */
    public enum Relation {
        EQUAL, NOT_EQUAL, LESS, GREATER
    }

    public Compare {
        if ((field == Field.VALUE) != (value != null)) {
            throw new InvalidCommandException("compare", field, "a value for VALUE and a number for all others");
        }
    }

    /** Holds when the key does not exist. */
    public static Compare absent(Key key) {
        return new Compare(KeyRange.of(key), Field.VERSION, Relation.EQUAL, 0, null);
    }

    /** Holds when the key exists. */
    public static Compare exists(Key key) {
        return new Compare(KeyRange.of(key), Field.VERSION, Relation.GREATER, 0, null);
    }

    /** Holds when the key was last written at just this revision. */
    public static Compare modifiedAt(Key key, Revision revision) {
        return new Compare(KeyRange.of(key), Field.MODIFIED, Relation.EQUAL, revision.value(), null);
    }

    /** Holds when the key has just this value. */
    public static Compare valueIs(Key key, Value value) {
        return new Compare(KeyRange.of(key), Field.VALUE, Relation.EQUAL, 0, value);
    }
}
