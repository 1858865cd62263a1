package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions: which branch runs, what it sees, and that a refused one changes nothing. */
class TransactionTest extends KeySpaceFixture {

    @Test
    void takeTheBranchThatTheComparesChoose() {
        commit(put("k", "1"));
        Txn txn = new Txn(List.of(Compare.valueIs(Key.of("k"), Value.of("1"))), List.of(put("k", "2")),
                List.of(put("k", "3")));

        TxnResult first = (TxnResult) apply(txn);
        TxnResult second = (TxnResult) apply(txn);

        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isFalse();
        assertThat(valueOf("k")).isEqualTo("3");
    }

    @Test
    void showOperationsWhatThoseBeforeThemDid() {
        commit(put("a", "1"), put("b", "1"));

        TxnResult result = commit(new ReadKeys(KeyRange.ALL, 10), put("c", "1"), delete("a"),
                new ReadKeys(KeyRange.ALL, 10));

        assertThat(((KeysRead) result.results().get(0)).keys()).extracting(KeyValue::key)
                .containsExactly(Key.of("a"), Key.of("b"));
        assertThat(((KeysRead) result.results().get(3)).keys()).extracting(KeyValue::key)
                .containsExactly(Key.of("b"), Key.of("c"));
    }

    @Test
    void doNothingWhenThereIsNothingToDo() {
        TxnResult result = (TxnResult) apply(Txn.of());

        assertThat(result).isEqualTo(new TxnResult(true, List.of(), Revision.ZERO));
    }

    @Test
    void decideNestedBranchesBeforeAnythingIsWritten() {
        Txn inner = Txn.when(List.of(Compare.absent(Key.of("a"))), put("b", "inner"));

        TxnResult result = commit(put("a", "1"), inner);

        assertThat(result.results().get(1)).isEqualTo(
                new TxnResult(true, List.of(new KeyPut(null)), new Revision(1)));
        assertThat(valueOf("b")).isEqualTo("inner");
    }

    @Test
    void carryOutNestedOnesInOrder() {
        Txn yes = new Txn(List.of(Compare.absent(Key.of("x"))), List.of(put("a", "then")),
                List.of(put("a", "else")));
        Txn no = new Txn(List.of(Compare.exists(Key.of("x"))), List.of(put("b", "then")),
                List.of(put("b", "else")));
        Txn deep = Txn.of(no, put("c", "deep"));

        commit(yes, deep, put("d", "1"));

        assertThat(valueOf("a")).isEqualTo("then");
        assertThat(valueOf("b")).isEqualTo("else");
        assertThat(valueOf("c")).isEqualTo("deep");
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void refuseToWriteAKeyTwice() {
        commit(put("a", "0"));

        refused(InvalidCommandException.class, Txn.of(put("a", "1"), put("b", "1"), put("a", "2")));
        refused(InvalidCommandException.class, Txn.of(put("a", "1"), delete("a")));
        refused(InvalidCommandException.class, Txn.of(delete("a"), put("a", "1")));
        refused(InvalidCommandException.class, Txn.of(put("b", "1"), new DeleteKeys(range("a", "c"))));
        refused(InvalidCommandException.class, Txn.of(put("a", "1"), Txn.of(put("a", "2"))));
    }

    @Test
    void mayWriteAKeyInBranchesOfWhichOneRuns() {
        Txn txn = new Txn(List.of(Compare.absent(Key.of("a"))), List.of(put("a", "then")),
                List.of(put("a", "else")));

        apply(txn);

        assertThat(valueOf("a")).isEqualTo("then");
    }

    @Test
    void mayDeleteTheSameKeyTwice() {
        commit(put("a", "0"), put("b", "0"));

        TxnResult result = commit(delete("a"), new DeleteKeys(range("a", "c")));

        assertThat(((KeysDeleted) result.results().get(1)).previous()).extracting(KeyValue::key)
                .containsExactly(Key.of("b"));
    }

    @Test
    void areRefusedWhollyWhenOneLeaseIsMissing() {
        refused(LeaseNotFoundException.class, Txn.of(put("a", "1"), delete("b"), put("c", "1", LEASE)));
        refused(LeaseNotFoundException.class, Txn.of(put("a", "1"), Txn.of(put("c", "1", LEASE))));
    }

    @Test
    void haveABoundOfOperationsNestedOnesIncluded() {
        List<Operation> half = new ArrayList<>();
        for (int i = 0; i < Txn.MAX_OPERATIONS / 2; i++) {
            half.add(put("k" + i, "1"));
        }
        Txn inner = new Txn(List.of(), half, List.of());
        List<Operation> rest = new ArrayList<>(half.subList(0, Txn.MAX_OPERATIONS / 2 - 1));
        rest.add(inner);
        Operation[] tooMany = rest.toArray(Operation[]::new);

        assertThatThrownBy(() -> new Txn(List.of(), List.of(tooMany), List.of(delete("x"))))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessage("operations is 1025, expected at most 1024");
        assertThat(new Txn(List.of(), rest, List.of()).then()).hasSize(Txn.MAX_OPERATIONS / 2);
    }

    @Test
    void haveABoundOfNesting() {
        Txn txn = Txn.of(put("k", "1"));
        for (int depth = 2; depth <= Txn.MAX_DEPTH; depth++) {
            txn = Txn.of(txn);
        }
        Txn deepest = txn;

        apply(deepest);

        assertThat(valueOf("k")).isEqualTo("1");
        assertThatThrownBy(() -> Txn.of(deepest)).isInstanceOf(InvalidCommandException.class);
    }
}
