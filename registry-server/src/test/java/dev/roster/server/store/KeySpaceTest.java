package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The state machine: what each command does, what it refuses, and that a refused one does nothing. */
class KeySpaceTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final LeaseId LEASE = new LeaseId(7);

    private final KeySpace space = new KeySpace();

    private CommandResult apply(Command command) {
        return space.apply(NOW, command);
    }

    private TxnResult commit(Operation... operations) {
        return (TxnResult) apply(Txn.of(operations));
    }

    private static PutKey put(String key, String value) {
        return new PutKey(Key.of(key), Value.of(value));
    }

    private static PutKey put(String key, String value, LeaseId lease) {
        return new PutKey(Key.of(key), Value.of(value), lease);
    }

    private static DeleteKeys delete(String key) {
        return new DeleteKeys(Key.of(key));
    }

    private @Nullable String valueOf(String key) {
        return valueOf(space.view(), key);
    }

    private static @Nullable String valueOf(ReadView view, String key) {
        return view.find(Key.of(key)).map(found -> found.value().utf8()).orElse(null);
    }

    private static KeyRange range(String from, String to) {
        return new KeyRange(Key.of(from), Key.of(to));
    }

    private List<String> keys(KeyRange range) {
        return space.view().read(range, 100).keys().stream().map(found -> found.key().utf8()).toList();
    }

    private long revision() {
        return space.view().revision().value();
    }

    private void grant(LeaseId id) {
        apply(new GrantLease(id, Duration.ofSeconds(10)));
    }

    /** Runs something that must be refused, and checks that it left nothing behind. */
    private void refused(Class<? extends StoreException> how, Command command) {
        List<KeyValue> before = space.view().read(KeyRange.ALL, 1000).keys();
        long revision = revision();

        assertThatThrownBy(() -> apply(command)).isExactlyInstanceOf(how);

        assertThat(space.view().read(KeyRange.ALL, 1000).keys()).isEqualTo(before);
        assertThat(revision()).isEqualTo(revision);
    }

    @Nested
    class Writing {

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
    }

    @Nested
    class Ranges {

        @Test
        void readInByteOrderUpToALimit() {
            commit(put("a", "1"), put("a\u0000", "1"), put("b", "1"), put("\u00ff", "1"), put("aa", "1"));

            KeysRead read = space.view().read(KeyRange.ALL, 3);

            assertThat(read.keys()).extracting(found -> found.key().utf8()).containsExactly("a", "a\u0000", "aa");
            assertThat(read.more()).isTrue();
            assertThat(space.view().read(KeyRange.ALL, 5).more()).isFalse();
            assertThat(space.view().count(KeyRange.ALL)).isEqualTo(5);
        }

        @Test
        void ofAPrefixEndBeforeTheNext() {
            commit(put("a/", "1"), put("a/1", "1"), put("a0", "1"), put("a", "1"));

            assertThat(keys(KeyRange.prefix("a/"))).containsExactly("a/", "a/1");
        }

        @Test
        void ofAPrefixOfHighBytesReachToTheEnd() {
            byte[] high = {(byte) 0xFF, (byte) 0xFF};
            commit(new PutKey(Key.of(high), Value.of("1")),
                    new PutKey(Key.of(new byte[]{(byte) 0xFF, (byte) 0xFF, 1}), Value.of("1")), put("a", "1"));

            assertThat(space.view().count(KeyRange.prefix(Key.of(high)))).isEqualTo(2);
        }

        @Test
        void thatEndBeforeTheyBeginAreEmpty() {
            commit(put("b", "1"));

            assertThat(keys(range("c", "a"))).isEmpty();
            assertThat(keys(range("b", "b"))).isEmpty();
            assertThat(commit(new DeleteKeys(range("c", "a"))).revision()).isEqualTo(new Revision(1));
        }

        @Test
        void ofOneKeyHoldJustThat() {
            commit(put("a", "1"), put("a\u0000", "1"));

            assertThat(keys(KeyRange.of(Key.of("a")))).containsExactly("a");
        }

        @Test
        void goOnAfterAKey() {
            commit(put("p/a", "1"), put("p/a\u0000", "1"), put("p/b", "1"), put("q", "1"));
            KeyRange range = KeyRange.prefix("p/");

            assertThat(keys(range.after(Key.of("p/a")))).containsExactly("p/a\u0000", "p/b");
            assertThat(keys(range.after(Key.of("p/b")))).isEmpty();
            assertThat(keys(range.after(Key.of("q")))).isEmpty();
            assertThat(range.after(Key.of("a"))).isEqualTo(range);
        }

        @Test
        void refuseALimitOfNothing() {
            assertThatThrownBy(() -> space.view().read(KeyRange.ALL, 0)).isInstanceOf(InvalidCommandException.class)
                    .hasMessage("limit is 0, expected 1 or more");
            assertThatThrownBy(() -> new ReadKeys(KeyRange.ALL, 0)).isInstanceOf(InvalidCommandException.class);
        }
    }

    @Nested
    class Transactions {

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

    @Nested
    class Compares {

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

    @Nested
    class Leases {

        @Test
        void areGrantedOnceWithoutARevision() {
            LeaseGranted granted = (LeaseGranted) apply(new GrantLease(LEASE, Duration.ofSeconds(10)));

            assertThat(granted).isEqualTo(new LeaseGranted(LEASE, Duration.ofSeconds(10), Revision.ZERO));
            assertThat(space.findLease(LEASE)).contains(new Lease(LEASE, Duration.ofSeconds(10)));
            refused(LeaseExistsException.class, new GrantLease(LEASE, Duration.ofSeconds(20)));
        }

        @Test
        void deleteTheirKeysAtOneRevisionWhenRevoked() {
            LeaseId other = new LeaseId(-8);
            grant(LEASE);
            grant(other);
            commit(put("b", "1", LEASE), put("a", "1", LEASE), put("c", "1", other), put("d", "1"));

            LeasesRevoked revoked = (LeasesRevoked) apply(
                    new RevokeLeases(List.of(LEASE, new LeaseId(99), other, LEASE)));

            assertThat(revoked).isEqualTo(new LeasesRevoked(List.of(LEASE, other), new Revision(2)));
            assertThat(keys(KeyRange.ALL)).containsExactly("d");
            assertThat(space.leases()).isEmpty();
        }

        @Test
        void withoutKeysEndWithoutARevision() {
            grant(LEASE);

            LeasesRevoked revoked = (LeasesRevoked) apply(new RevokeLeases(List.of(LEASE)));

            assertThat(revoked.revision()).isEqualTo(Revision.ZERO);
            assertThat(space.findLease(LEASE)).isEmpty();
        }

        @Test
        void letGoOfAKeyThatIsWrittenWithoutThem() {
            LeaseId other = new LeaseId(8);
            grant(LEASE);
            grant(other);
            commit(put("a", "1", LEASE), put("b", "1", LEASE), put("c", "1", LEASE));
            commit(put("a", "2"));
            commit(put("b", "2", other));
            commit(delete("c"));
            commit(put("c", "2"));

            apply(new RevokeLeases(List.of(LEASE)));

            assertThat(keys(KeyRange.ALL)).containsExactly("a", "b", "c");
            apply(new RevokeLeases(List.of(other)));
            assertThat(keys(KeyRange.ALL)).containsExactly("a", "c");
        }

        @Test
        void holdManyKeys() {
            grant(LEASE);
            for (int i = 0; i < 100; i++) {
                commit(put("k" + i, "1", LEASE));
                commit(put("k" + i, "2", LEASE));
            }
            commit(delete("k50"));

            apply(new RevokeLeases(List.of(LEASE)));

            assertThat(space.view().count(KeyRange.ALL)).isZero();
        }

        @Test
        void areOfABoundedNumberInOneCommand() {
            List<LeaseId> many = new ArrayList<>();
            for (int i = 0; i <= RevokeLeases.MAX_LEASES; i++) {
                many.add(new LeaseId(i + 1));
            }

            assertThatThrownBy(() -> new RevokeLeases(many)).isInstanceOf(InvalidCommandException.class)
                    .hasMessage("ids is 1025 leases, expected at most 1024");
        }
    }

    @Nested
    class Past {

        @Test
        void canBeRead() {
            commit(put("k", "1"));
            commit(put("k", "2"), put("l", "1"));
            commit(delete("k"));

            ReadView first = space.viewAt(new Revision(1));

            assertThat(valueOf(first, "k")).isEqualTo("1");
            assertThat(first.count(KeyRange.ALL)).isEqualTo(1);
            assertThat(valueOf(space.viewAt(new Revision(2)), "k")).isEqualTo("2");
            assertThat(valueOf("k")).isNull();
            assertThat(space.viewAt(Revision.ZERO).count(KeyRange.ALL)).isZero();
        }

        @Test
        void doesNotChangeUnderAView() {
            commit(put("k", "1"));
            ReadView view = space.view();

            commit(put("k", "2"), put("l", "1"));

            assertThat(valueOf(view, "k")).isEqualTo("1");
            assertThat(view.count(KeyRange.ALL)).isEqualTo(1);
        }

        @Test
        void isGoneOnceCompacted() {
            commit(put("k", "1"));
            ReadView early = space.view();
            commit(put("k", "2"));
            commit(put("k", "3"));

            Compacted compacted = (Compacted) apply(new Compact(new Revision(2)));

            assertThat(compacted.revision()).isEqualTo(new Revision(3));
            assertThatThrownBy(() -> early.find(Key.of("k"))).isInstanceOf(RevisionCompactedException.class);
            assertThatThrownBy(() -> early.count(KeyRange.ALL)).isInstanceOf(RevisionCompactedException.class);
            assertThatThrownBy(() -> early.read(KeyRange.ALL, 1)).isInstanceOf(RevisionCompactedException.class);
            assertThatThrownBy(() -> space.viewAt(new Revision(1)))
                    .isInstanceOfSatisfying(RevisionCompactedException.class,
                            e -> assertThat(e.oldest()).isEqualTo(new Revision(2)));
            assertThat(valueOf(space.viewAt(new Revision(2)), "k")).isEqualTo("2");
        }

        @Test
        void keepsWhatCompactionMustNotTouch() {
            commit(put("old", "1"), put("gone", "1"), put("again", "1"));
            commit(delete("gone"), delete("again"));
            commit(put("again", "2"));
            commit(put("later", "1"));

            apply(new Compact(new Revision(3)));
            commit(put("x", "1"));

            ReadView oldest = space.viewAt(new Revision(3));
            assertThat(valueOf(oldest, "old")).isEqualTo("1");
            assertThat(valueOf(oldest, "gone")).isNull();
            assertThat(valueOf(oldest, "again")).isEqualTo("2");
            assertThat(oldest.find(Key.of("again"))).get().extracting(KeyValue::created).isEqualTo(new Revision(3));
            assertThat(valueOf(oldest, "later")).isNull();
        }

        @Test
        void cannotBeCompactedTwiceOrAhead() {
            commit(put("k", "1"));
            commit(put("k", "2"));
            apply(new Compact(new Revision(1)));

            refused(RevisionCompactedException.class, new Compact(new Revision(1)));
            refused(RevisionAheadException.class, new Compact(new Revision(3)));
        }

        @Test
        void doesNotReachAhead() {
            assertThatThrownBy(() -> space.viewAt(new Revision(1))).isInstanceOfSatisfying(RevisionAheadException.class,
                    e -> assertThat(e.current()).isEqualTo(Revision.ZERO));
        }

        @Test
        void isBoundedInRevisions() {
            KeySpace bounded = new KeySpace(new HistoryLimits(10, Long.MAX_VALUE));
            for (int i = 0; i < 25; i++) {
                bounded.apply(NOW, Txn.of(put("k", "" + i)));
            }

            assertThat(valueOf(bounded.viewAt(new Revision(15)), "k")).isEqualTo("14");
            assertThatThrownBy(() -> bounded.viewAt(new Revision(14))).isInstanceOf(RevisionCompactedException.class);
        }

        @Test
        void isBoundedInBytes() {
            KeySpace bounded = new KeySpace(new HistoryLimits(1000, 10_000));
            bounded.apply(NOW, Txn.of(put("k", "x".repeat(4000))));
            bounded.apply(NOW, Txn.of(put("k", "y".repeat(4000))));
            bounded.apply(NOW, Txn.of(put("k", "z")));
            assertThat(bounded.viewAt(Revision.ZERO).count(KeyRange.ALL)).isZero();

            bounded.apply(NOW, Txn.of(put("k", "x".repeat(4000))));
            bounded.apply(NOW, Txn.of(put("k", "")));

            assertThatThrownBy(() -> bounded.viewAt(new Revision(1))).isInstanceOf(RevisionCompactedException.class);
            assertThat(valueOf(bounded.viewAt(new Revision(2)), "k")).startsWith("yyy");
        }

        @Test
        void tellsItsChangesInOrder() {
            commit(put("b", "1"), put("a", "1"));
            commit(put("a", "2"), delete("b"));
            commit(put("c", "1"));
            List<String> told = new ArrayList<>();

            Revision reached = space.readChanges(Revision.ZERO, 10, RangeSet.of(List.of(range("a", "c"))),
                    (at, events) -> {
                        events.forEach(event -> told.add(at.value() + event.key().utf8() + text(event.current())
                                + text(event.previous())));
                        return true;
                    });

            assertThat(told).containsExactly("1b1-", "1a1-", "2a21", "2b-1");
            assertThat(reached).isEqualTo(new Revision(3));
        }

        private static String text(@Nullable KeyValue keyValue) {
            return Optional.ofNullable(keyValue).map(found -> found.value().utf8()).orElse("-");
        }

        @Test
        void tellsNoMoreChangesThanAskedFor() {
            for (int i = 0; i < 5; i++) {
                commit(put("k", "" + i));
            }
            List<Revision> told = new ArrayList<>();

            assertThat(space.readChanges(new Revision(1), 2, RangeSet.ALL, (at, _) -> told.add(at)))
                    .isEqualTo(new Revision(3));
            assertThat(space.readChanges(new Revision(3), 9, RangeSet.ALL, (at, _) -> !told.add(at)))
                    .isEqualTo(new Revision(4));
            assertThat(space.readChanges(new Revision(7), 9, RangeSet.ALL, (at, _) -> told.add(at)))
                    .isEqualTo(new Revision(7));
            assertThat(told).containsExactly(new Revision(2), new Revision(3), new Revision(4));
        }
    }

    @Nested
    class Listeners {

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
}
