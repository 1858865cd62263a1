package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The conditions of transactions, on keys, missing keys and ranges. */
class CompareTest extends KeySpaceFixture {

    private boolean holds(Compare compare) {
        return ((TxnResult) apply(Txn.when(List.of(compare)))).succeeded();
    }

    private boolean holds(KeyRange range, Compare.Field field, Compare.Relation relation, long number) {
        return holds(new Compare(range, field, relation, number, null));
    }

    @Test
    void lookAtEveryField() {
        grant(LEASE);
        commit(put("x", "1"));
        commit(put("k", "b", LEASE));
        commit(put("k", "b", LEASE));
        KeyRange k = KeyRange.of(Key.of("k"));

        assertThat(holds(k, Compare.Field.VERSION, Compare.Relation.EQUAL, 2)).isTrue();
        assertThat(holds(k, Compare.Field.CREATED, Compare.Relation.EQUAL, 2)).isTrue();
        assertThat(holds(k, Compare.Field.MODIFIED, Compare.Relation.GREATER, 2)).isTrue();
        assertThat(holds(k, Compare.Field.MODIFIED, Compare.Relation.LESS, 3)).isFalse();
        assertThat(holds(k, Compare.Field.LEASE, Compare.Relation.NOT_EQUAL, 7)).isFalse();
        assertThat(holds(new Compare(k, Compare.Field.VALUE, Compare.Relation.GREATER, 0, Value.of("a")))).isTrue();
        assertThat(holds(new Compare(k, Compare.Field.VALUE, Compare.Relation.LESS, 0, Value.of("ba")))).isTrue();
    }

    @Test
    void takeAMissingKeyForZeroAndForNoValue() {
        KeyRange missing = KeyRange.of(Key.of("missing"));

        assertThat(holds(missing, Compare.Field.VERSION, Compare.Relation.EQUAL, 0)).isTrue();
        assertThat(holds(missing, Compare.Field.MODIFIED, Compare.Relation.LESS, 1)).isTrue();
        assertThat(holds(missing, Compare.Field.LEASE, Compare.Relation.GREATER, 0)).isFalse();
        assertThat(holds(new Compare(missing, Compare.Field.VALUE, Compare.Relation.NOT_EQUAL, 0, Value.of("a"))))
                .isFalse();
    }

    @Test
    void demandTheConditionOfEveryKeyOfARange() {
        commit(put("p/a", "1"));
        commit(put("p/b", "1"));
        commit(put("p/b", "2"));
        KeyRange both = KeyRange.prefix("p/");

        assertThat(holds(both, Compare.Field.VERSION, Compare.Relation.GREATER, 0)).isTrue();
        assertThat(holds(both, Compare.Field.VERSION, Compare.Relation.EQUAL, 1)).isFalse();
    }

    @Test
    void takeARangeWithoutKeysForAMissingKey() {
        commit(put("p/a", "1"));
        commit(delete("p/a"));
        KeyRange empty = KeyRange.prefix("p/");

        assertThat(holds(empty, Compare.Field.VERSION, Compare.Relation.EQUAL, 0)).isTrue();
        assertThat(holds(empty, Compare.Field.VERSION, Compare.Relation.GREATER, 0)).isFalse();
    }
}
