package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What single writes do, and who is told. */
class KeySpaceTest extends KeySpaceFixture {

    @Test
    void countsRevisionsAndVersionsOfAKey() {
        commit(put("other", "x"));
        commit(put("k", "1"));
        TxnResult result = commit(put("k", "2"));

        KeyValue found = space.view().find(Key.of("k")).orElseThrow();
        assertThat(found).isEqualTo(new KeyValue(Key.of("k"), Value.of("2"), new Revision(2), new Revision(3), 2,
                LeaseId.NONE));
        assertThat(result.revision()).isEqualTo(new Revision(3));
    }

    @Test
    void tellsThePreviousValue() {
        commit(put("k", "1"));

        KeyPut second = (KeyPut) commit(put("k", "2")).results().getFirst();
        KeyPut first = (KeyPut) commit(put("new", "1")).results().getFirst();

        assertThat(second.previous()).isNotNull().extracting(KeyValue::value).isEqualTo(Value.of("1"));
        assertThat(first.previous()).isNull();
    }

    @Test
    void beginsAnewAfterADeletion() {
        commit(put("k", "1"));
        commit(put("k", "2"));
        commit(delete("k"));
        commit(put("k", "3"));

        KeyValue found = space.view().find(Key.of("k")).orElseThrow();
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.created()).isEqualTo(new Revision(4));
    }

    @Test
    void makesNoRevisionOfADeletionThatFindsNothing() {
        commit(put("k", "1"));

        TxnResult result = commit(delete("other"), new DeleteKeys(range("x", "z")));

        assertThat(result.revision()).isEqualTo(new Revision(1));
        assertThat(result.results()).containsExactly(new KeysDeleted(List.of()), new KeysDeleted(List.of()));
    }

    @Test
    void makesOneRevisionOfATransaction() {
        commit(put("a", "1"), put("b", "1"), put("c", "1"));

        assertThat(revision()).isEqualTo(1);
        assertThat(space.view().find(Key.of("c")).orElseThrow().modified()).isEqualTo(new Revision(1));
    }

    @Test
    void deletesARangeInKeyOrder() {
        commit(put("b", "1"), put("a", "1"), put("c", "1"), put("d", "1"));

        KeysDeleted deleted = (KeysDeleted) commit(new DeleteKeys(range("a", "c"))).results().getFirst();

        assertThat(deleted.previous()).extracting(found -> found.key().utf8()).containsExactly("a", "b");
        assertThat(keys(KeyRange.ALL)).containsExactly("c", "d");
    }

    @Test
    void acceptsAnEmptyValue() {
        commit(put("k", ""));

        assertThat(valueOf("k")).isEmpty();
    }

    @Test
    void areToldOfEachCommandAfterItShows() {
        List<String> told = new ArrayList<>();
        space.addListener((command, result) -> told
                .add((command == null ? "restored" : command.getClass().getSimpleName())
                        + (result == null ? " refused" : " " + space.view().revision().value())));

        commit(put("k", "1"));
        assertThatThrownBy(() -> commit(put("k", "1", LEASE))).isInstanceOf(LeaseNotFoundException.class);
        grant(LEASE);

        assertThat(told).containsExactly("Txn 1", "Txn refused", "GrantLease 1");
    }
}
