package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes that keep something, and results that leave something out. */
class UpdateKeyTest extends KeySpaceFixture {

    private static final LeaseId OTHER = new LeaseId(8);

    private KeyValue found(String key) {
        return space.view().find(Key.of(key)).orElseThrow();
    }

    @Test
    void keepsTheLease() {
        grant(LEASE);
        commit(put("k", "1", LEASE));

        TxnResult result = commit(UpdateKey.keepingLease(Key.of("k"), Value.of("2")));

        assertThat(found("k")).isEqualTo(
                new KeyValue(Key.of("k"), Value.of("2"), new Revision(1), new Revision(2), 2, LEASE));
        KeyValue before = ((KeyPut) result.results().getFirst()).previous();
        assertThat(before).isNotNull().extracting(KeyValue::value).isEqualTo(Value.of("1"));
        apply(new RevokeLeases(List.of(LEASE)));
        assertThat(valueOf("k")).isNull();
    }

    @Test
    void keepsTheValueAndMovesToAnotherLeaseOrNone() {
        grant(LEASE);
        grant(OTHER);
        commit(put("k", "1", LEASE), put("l", "1", LEASE));

        commit(UpdateKey.keepingValue(Key.of("k"), OTHER), UpdateKey.keepingValue(Key.of("l"), LeaseId.NONE));

        assertThat(space.keysOf(LEASE)).isEmpty();
        assertThat(space.keysOf(OTHER)).containsExactly(Key.of("k"));
        assertThat(valueOf("k")).isEqualTo("1");
        assertThat(found("l").lease()).isEqualTo(LeaseId.NONE);
    }

    @Test
    void keepsBothAndCountsAsAWrite() {
        commit(put("k", "1"));

        commit(new UpdateKey(Key.of("k"), null, null, true));

        assertThat(found("k").version()).isEqualTo(2);
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void isRefusedForAKeyThatDoesNotExistBeforeTheTransaction() {
        commit(put("k", "1"));

        refused(KeyNotFoundException.class,
                Txn.of(put("x", "1"), UpdateKey.keepingLease(Key.of("y"), Value.of("1"))));
        refused(KeyNotFoundException.class,
                Txn.of(put("y", "1"), UpdateKey.keepingLease(Key.of("y"), Value.of("1"))));
        refused(LeaseNotFoundException.class, Txn.of(UpdateKey.keepingValue(Key.of("k"), LEASE)));
        refused(InvalidCommandException.class,
                Txn.of(put("k", "2"), UpdateKey.keepingLease(Key.of("k"), Value.of("1"))));
        refused(InvalidCommandException.class,
                Txn.of(delete("k"), UpdateKey.keepingLease(Key.of("k"), Value.of("1"))));
    }

    @Test
    void tellsWhatWasThereBeforeOnlyWhenAsked() {
        commit(put("a", "1"), put("b", "1"), put("c", "1"));

        TxnResult result = commit(put("a", "2").withoutPrevious(),
                UpdateKey.keepingLease(Key.of("b"), Value.of("2")).withoutPrevious(),
                new DeleteKeys(range("c", "z")).withoutPrevious());

        assertThat(result.results()).containsExactly(new KeyPut(null), new KeyPut(null),
                new KeysDeleted(List.of(), 1));
    }
}
