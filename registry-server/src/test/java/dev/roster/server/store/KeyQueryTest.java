package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a query chooses, in which order, and what it counts. */
class KeyQueryTest extends KeySpaceFixture {

    private static final KeyQuery ALL = KeyQuery.of(KeyRange.ALL);

    /** Revisions: a created 1, modified 5; b 2 and 3; c 4. */
    @BeforeEach
    void fill() {
        commit(put("a", "3"));
        commit(put("b", "2"));
        commit(put("b", "1"));
        commit(put("c", "1"));
        commit(put("a", "2"));
    }

    private List<String> keys(KeyQuery query) {
        return space.view().query(query).keys().stream().map(found -> found.key().utf8()).toList();
    }

    @Test
    void ordersByEachFieldAndByKeyWhereThatIsEqual() {
        assertThat(keys(ALL)).containsExactly("a", "b", "c");
        assertThat(keys(ALL.descending(KeyQuery.Field.KEY))).containsExactly("c", "b", "a");
        assertThat(keys(ALL.ascending(KeyQuery.Field.VERSION))).containsExactly("c", "a", "b");
        assertThat(keys(ALL.descending(KeyQuery.Field.VERSION))).containsExactly("a", "b", "c");
        assertThat(keys(ALL.descending(KeyQuery.Field.CREATED))).containsExactly("c", "b", "a");
        assertThat(keys(ALL.ascending(KeyQuery.Field.MODIFIED))).containsExactly("b", "c", "a");
        assertThat(keys(ALL.ascending(KeyQuery.Field.VALUE))).containsExactly("b", "c", "a");
        assertThat(keys(ALL.descending(KeyQuery.Field.VALUE))).containsExactly("a", "b", "c");
    }

    @Test
    void cutsAfterOrderingAndCountsAllTheSame() {
        KeysFound found = space.view().query(ALL.descending(KeyQuery.Field.CREATED).limit(1));

        assertThat(found.keys()).extracting(one -> one.key().utf8()).containsExactly("c");
        assertThat(found.more()).isTrue();
        assertThat(found.count()).isEqualTo(3);
        assertThat(space.view().query(ALL.limit(3)).more()).isFalse();
    }

    @Test
    void choosesByRevisionsBeforeItCutsAndCountsAllTheSame() {
        KeysFound found = space.view().query(ALL.modified(3, 4).limit(1));

        assertThat(found.keys()).extracting(one -> one.key().utf8()).containsExactly("b");
        assertThat(found.more()).isTrue();
        assertThat(found.count()).isEqualTo(3);
        assertThat(keys(ALL.created(0, 2))).containsExactly("a", "b");
        assertThat(keys(ALL.created(2, Long.MAX_VALUE).modified(0, 3))).containsExactly("b");
        assertThat(keys(ALL.created(3, 2))).isEmpty();
    }

    @Test
    void leavesValuesOutOrCountsAlone() {
        KeysFound keysOnly = space.view().query(ALL.detail(KeyQuery.Detail.WITHOUT_VALUE));
        KeysFound count = space.view().query(ALL.detail(KeyQuery.Detail.COUNT).limit(1));

        assertThat(keysOnly.keys()).hasSize(3).allSatisfy(one -> assertThat(one.value()).isEqualTo(Value.EMPTY));
        assertThat(keysOnly.keys().getFirst().version()).isEqualTo(2);
        assertThat(count).isEqualTo(new KeysFound(List.of(), false, 3));
    }

    @Test
    void ordersByValueEvenWhenValuesAreNotWanted() {
        assertThat(keys(ALL.descending(KeyQuery.Field.VALUE).detail(KeyQuery.Detail.WITHOUT_VALUE)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void keepsTheLeastOfManyWithoutHoldingAll() {
        for (int i = 0; i < 500; i++) {
            commit(put("n/" + (i * 7919 % 500), "" + i));
        }

        KeysFound found = space.view()
                .query(KeyQuery.of(KeyRange.prefix("n/")).descending(KeyQuery.Field.MODIFIED).limit(3));

        assertThat(found.keys()).extracting(one -> one.value().utf8()).containsExactly("499", "498", "497");
        assertThat(found.count()).isEqualTo(500);
    }

    @Test
    void looksAtAnEarlierRevision() {
        KeysFound found = space.viewAt(new Revision(2)).query(ALL);

        assertThat(found.keys()).extracting(one -> one.value().utf8()).containsExactly("3", "2");
    }

    @Test
    void inATransactionSeesWhatCameBeforeOrAnEarlierRevision() {
        TxnResult result = commit(put("d", "1"), new QueryKeys(ALL.detail(KeyQuery.Detail.COUNT)),
                new QueryKeys(ALL, new Revision(1)), delete("c"), new QueryKeys(ALL.ascending(KeyQuery.Field.VALUE)));

        assertThat(result.results().get(1)).isEqualTo(new KeysFound(List.of(), false, 4));
        assertThat(((KeysFound) result.results().get(2)).count()).isEqualTo(1);
        assertThat(((KeysFound) result.results().get(4)).keys()).extracting(one -> one.key().utf8())
                .containsExactly("b", "d", "a");
    }

    @Test
    void inATransactionIsRefusedAtARevisionThatIsNotThere() {
        apply(new Compact(new Revision(3)));

        refused(RevisionAheadException.class, Txn.of(put("x", "1"), new QueryKeys(ALL, new Revision(6))));
        refused(RevisionCompactedException.class, Txn.of(put("x", "1"), new QueryKeys(ALL, new Revision(2))));
        assertThat(commit(new QueryKeys(ALL, new Revision(3))).succeeded()).isTrue();
    }

    @Test
    void namesWhatIsOutOfRange() {
        assertThatThrownBy(() -> ALL.limit(0)).isInstanceOf(InvalidCommandException.class)
                .hasMessage("limit is 0, expected 1 or more");
        assertThatThrownBy(() -> ALL.modified(-1, 3)).hasMessage("least is -1, expected 0 or more");
        assertThatThrownBy(() -> ALL.created(1, -3)).hasMessage("most is -3, expected 0 or more");
    }
}
