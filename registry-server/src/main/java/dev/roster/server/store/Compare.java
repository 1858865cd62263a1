package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A condition on every key of a range; a range without keys satisfies a comparison with version, revisions and lease 0
 * when it names just one key, and any comparison otherwise (etcd v3 semantics).
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
