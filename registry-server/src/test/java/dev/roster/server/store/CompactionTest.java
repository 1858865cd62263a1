package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The past: it can be read and told until it is compacted, by command or by the limits of history. */
class CompactionTest extends KeySpaceFixture {

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
    void tellsWhetherARangeIsUnchanged() {
        commit(put("a/1", "1"), put("b/1", "1"));
        commit(put("b/1", "2"));
        commit(put("c", "1"));

        ReadView view = space.view();
        assertThat(view.isUnchanged(KeyRange.prefix("a/"), new Revision(1))).isTrue();
        assertThat(view.isUnchanged(KeyRange.prefix("b/"), new Revision(1))).isFalse();
        assertThat(view.isUnchanged(KeyRange.prefix("b/"), new Revision(2))).isTrue();
        assertThat(view.isUnchanged(KeyRange.prefix("a/"), Revision.ZERO)).isFalse();
        commit(delete("a/1"));
        assertThat(view.isUnchanged(KeyRange.prefix("a/"), new Revision(1))).as("as of its own revision").isTrue();
        assertThat(space.view().isUnchanged(KeyRange.prefix("a/"), new Revision(1))).isFalse();
    }

    @Test
    void cannotTellOfWhatIsForgotten() {
        commit(put("a", "1"));
        commit(put("b", "1"));
        commit(put("b", "2"));
        apply(new Compact(new Revision(2)));

        assertThat(space.view().isUnchanged(KeyRange.prefix("a"), new Revision(1))).isFalse();
        assertThat(space.view().isUnchanged(KeyRange.prefix("a"), new Revision(2))).isTrue();
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
