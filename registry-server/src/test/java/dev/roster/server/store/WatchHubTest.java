package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches: told everything that they follow, once, in order, at their own pace; and told when that is no longer possible. */
class WatchHubTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final KeySpace space = new KeySpace(new HistoryLimits(1000, Long.MAX_VALUE));
    private final ManualExecutor executor = new ManualExecutor();
    private final WatchHub hub = new WatchHub(space, executor);
    private final RecordingListener listener = new RecordingListener();

    private void put(String key, String value) {
        space.apply(NOW, Txn.of(new PutKey(Key.of(key), Value.of(value))));
    }

    private void delete(String key) {
        space.apply(NOW, Txn.of(new DeleteKeys(Key.of(key))));
    }

    private void compact(long revision) {
        space.apply(NOW, new Compact(new Revision(revision)));
    }

    private Watch watch(long after, KeyRange... ranges) {
        return hub.watch(List.of(ranges), new Revision(after), WatchFilter.ALL, listener);
    }

    private static KeyRange key(String key) {
        return KeyRange.of(Key.of(key));
    }

    @Test
    void tellsChangesOfTheRangeInOrder() {
        watch(0, KeyRange.prefix("p/"));
        put("p/a", "1");
        put("q", "1");
        put("p/b", "1");
        delete("p/a");
        executor.runAll();

        assertThat(listener.events()).containsExactly("1:p/a=1", "3:p/b=1", "4:p/a-");
    }

    @Test
    void tellsTheChangesOfOneRevisionTogetherInTheOrderOfTheTransaction() {
        watch(0, KeyRange.prefix("p/"));
        space.apply(NOW, Txn.of(new PutKey(Key.of("p/b"), Value.of("1")), new PutKey(Key.of("q"), Value.of("1")),
                new PutKey(Key.of("p/a"), Value.of("1"))));
        executor.runAll();

        assertThat(listener.events()).containsExactly("1:p/b=1 p/a=1");
    }

    @Test
    void tellsWhatHappenedSinceTheRevisionItBeginsAfter() {
        put("k", "1");
        put("k", "2");
        put("k", "3");

        watch(1, key("k"));
        executor.runAll();
        put("k", "4");
        executor.runAll();

        assertThat(listener.told()).containsExactly("2:k=2", "3:k=3", "progress 3", "4:k=4", "progress 4");
    }

    @Test
    void tellsAKeyOfOverlappingRangesOnce() {
        watch(0, KeyRange.prefix("p/"), key("p/a"), KeyRange.ALL);
        put("p/a", "1");
        executor.runAll();

        assertThat(listener.events()).containsExactly("1:p/a=1");
    }

    @Test
    void tellsPreviousValuesAlsoOfWhatIsCompactedBeforeThem() {
        put("k", "1");
        put("k", "2");
        compact(2);
        delete("k");
        List<KeyEvent> told = new ArrayList<>();

        hub.watch(List.of(key("k")), new Revision(2), WatchFilter.ALL, new RecordingListener() {
            @Override
            public void onEvents(Revision revision, List<KeyEvent> events) {
                told.addAll(events);
            }
        });
        executor.runAll();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().current()).isNull();
        assertThat(told.getFirst().previous()).isNotNull().extracting(KeyValue::value).isEqualTo(Value.of("2"));
    }

    @Test
    void tellsOnlyTheChangesThatItsFilterLetsPass() {
        RecordingListener puts = new RecordingListener();
        RecordingListener deletions = new RecordingListener();
        hub.watch(List.of(KeyRange.prefix("p/")), Revision.ZERO, WatchFilter.PUTS, puts);
        hub.watch(List.of(KeyRange.prefix("p/")), Revision.ZERO, WatchFilter.DELETIONS, deletions);

        put("p/a", "1");
        delete("p/a");
        put("p/b", "1");
        space.apply(NOW, Txn.of(new PutKey(Key.of("p/c"), Value.of("1")), new DeleteKeys(Key.of("p/b"))));
        executor.runAll();

        assertThat(puts.events()).containsExactly("1:p/a=1", "3:p/b=1", "4:p/c=1");
        assertThat(deletions.events()).containsExactly("2:p/a-", "4:p/b-");
        assertThat(deletions.told()).endsWith("progress 4");
    }

    @Test
    void isNotWokenByWhatItDoesNotFollow() {
        watch(0, KeyRange.prefix("p/"));
        executor.runAll();

        for (int i = 0; i < 100; i++) {
            put("q", "" + i);
        }
        executor.runAll();

        assertThat(listener.told()).containsExactly("progress 0");
    }

    @Test
    void tellsProgressOnRequest() {
        Watch watch = watch(0, KeyRange.prefix("p/"));
        executor.runAll();
        for (int i = 0; i < 100; i++) {
            put("q", "" + i);
        }
        executor.runAll();

        watch.requestProgress();
        executor.runAll();

        assertThat(listener.told()).containsExactly("progress 0", "progress 100");
    }

    @Test
    void promisesNoProgressBeyondWhatItTold() {
        Watch watch = watch(0, key("k"));
        executor.runAll();

        watch.requestProgress();
        put("k", "1");
        executor.runAll();

        assertThat(listener.told()).containsExactly("progress 0", "progress 0", "1:k=1", "progress 1");
    }

    @Test
    void missesNothingThatHappensWhileItBegins() {
        List<Runnable> meanwhile = new ArrayList<>(List.of(() -> put("k", "1"), () -> put("k", "2")));
        WatchHub eager = new WatchHub(space, task -> {
            task.run();
            if (!meanwhile.isEmpty()) {
                meanwhile.removeFirst().run();
            }
        });

        eager.watch(List.of(key("k")), Revision.ZERO, WatchFilter.ALL, listener);

        assertThat(listener.events()).containsExactly("1:k=1", "2:k=2");
    }

    @Test
    void missesNothingThoughItIsMarkedForALaterRevisionBeforeItBegins() {
        put("k", "1");
        put("k", "2");
        put("k", "3");
        RunningWatch watch = new RunningWatch(hub, 1, RangeSet.of(List.of(key("k"))), new Revision(1), WatchFilter.ALL,
                listener);

        watch.mark(3);
        executor.runAll();
        watch.begin();
        executor.runAll();

        assertThat(listener.events()).containsExactly("2:k=2", "3:k=3");
    }

    @Test
    void endsWhenItBeginsWithCompactedHistory() {
        put("k", "1");
        put("k", "2");
        compact(2);

        assertThatThrownBy(() -> watch(1, key("k"))).isInstanceOf(RevisionCompactedException.class);
        assertThatThrownBy(() -> watch(3, key("k"))).isInstanceOf(RevisionAheadException.class);
        assertThatThrownBy(() -> watch(2)).isInstanceOf(InvalidCommandException.class);
        watch(2, key("k"));
    }

    @Test
    void endsWhenItFellBehindWhatIsKept() {
        watch(0, key("k"));
        put("k", "1");
        put("k", "2");
        compact(2);
        put("k", "3");

        executor.runAll();
        put("k", "4");
        executor.runAll();

        assertThat(listener.told()).containsExactly("compacted 2");
    }

    @Test
    void doesNotEndWhenWhatIsCompactedDidNotConcernIt() {
        watch(0, key("k"));
        put("k", "1");
        executor.runAll();
        for (int i = 0; i < 10; i++) {
            put("other", "" + i);
            executor.runAll();
        }
        compact(11);

        put("k", "2");
        executor.runAll();

        assertThat(listener.events()).containsExactly("1:k=1", "12:k=2");
    }

    @Test
    void endsWhenNobodyCouldDispatchInTime() {
        watch(0, key("k"));
        executor.runAll();
        put("other", "1");
        put("other", "2");
        compact(2);
        executor.runAll();

        assertThat(listener.events()).containsExactly("compacted 2");
    }

    @Test
    void tellsAllOfALongPastWithTurnsForOthers() {
        for (int i = 1; i <= 900; i++) {
            put(i % 2 == 0 ? "even" : "odd", "" + i);
        }
        RecordingListener other = new RecordingListener();
        watch(0, key("even"));
        hub.watch(List.of(key("odd")), new Revision(0), WatchFilter.ALL, other);

        executor.runOne();
        executor.runOne();
        assertThat(listener.events()).hasSizeLessThan(450).hasSizeGreaterThan(10);
        assertThat(other.events()).hasSizeLessThan(450).hasSizeGreaterThan(10);

        executor.runAll();
        assertThat(listener.events()).hasSize(450);
        assertThat(listener.told().getLast()).isEqualTo("progress 900");
        assertThat(other.events()).hasSize(450);
    }

    @Test
    void tellsNothingAfterItIsClosed() {
        Watch watch = watch(0, key("k"));
        put("k", "1");

        watch.close();
        watch.close();
        put("k", "2");
        executor.runAll();

        assertThat(listener.told()).isEmpty();
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void canBeClosedByItsListener() {
        Watch[] self = new Watch[1];
        self[0] = hub.watch(List.of(key("k")), Revision.ZERO, WatchFilter.ALL, new RecordingListener() {
            @Override
            public void onEvents(Revision revision, List<KeyEvent> events) {
                listener.onEvents(revision, events);
                self[0].close();
            }
        });
        put("k", "1");
        put("k", "2");
        executor.runAll();

        assertThat(listener.told()).containsExactly("1:k=1");
    }

    @Test
    void endsWhenItsListenerThrows() {
        hub.watch(List.of(key("k")), Revision.ZERO, WatchFilter.ALL, new RecordingListener() {
            @Override
            public void onEvents(Revision revision, List<KeyEvent> events) {
                listener.onEvents(revision, events);
                throw new IllegalStateException("no");
            }
        });
        put("k", "1");
        put("k", "2");

        assertThatThrownBy(executor::runAll).isInstanceOf(IllegalStateException.class);
        executor.runAll();

        assertThat(listener.told()).containsExactly("1:k=1");
    }

    @Test
    void goesOnAfterARestoredState() throws IOException {
        watch(0, key("k"));
        put("k", "1");
        executor.runAll();
        KeySpace further = new KeySpace();
        further.restore(Images.input(Images.bytes(space.image())));
        further.apply(NOW, Txn.of(new PutKey(Key.of("k"), Value.of("2"))));

        space.restore(Images.input(Images.bytes(further.image())));
        executor.runAll();
        put("k", "3");
        executor.runAll();

        assertThat(listener.events()).containsExactly("1:k=1", "2:k=2", "3:k=3");
    }

    @Test
    void endsWhenTheRestoredStateDoesNotReachBack() throws IOException {
        watch(0, key("k"));
        executor.runAll();
        KeySpace further = new KeySpace();
        for (int i = 1; i <= 3; i++) {
            further.apply(NOW, Txn.of(new PutKey(Key.of("other"), Value.of("" + i))));
        }
        further.apply(NOW, new Compact(new Revision(2)));

        space.restore(Images.input(Images.bytes(further.image())));
        executor.runAll();

        assertThat(listener.events()).containsExactly("compacted 2");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tellsThousandsJustWhatTheyFollow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomCommands commands = new RandomCommands(seed);
        List<RecordingListener> listeners = new ArrayList<>();
        List<KeyRange> ranges = new ArrayList<>();
        List<Watch> watches = new ArrayList<>();
        List<Long> begins = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            if (i % 2 == 0) {
                Key from = commands.key();
                KeyRange range = switch (random.nextInt(3)) {
                    case 0 -> KeyRange.of(from);
                    case 1 -> KeyRange.prefix(from);
                    default -> new KeyRange(from, random.nextBoolean() ? null : commands.key());
                };
                long begin = random.nextLong(Math.max(0, space.view().revision().value() - 20),
                        space.view().revision().value() + 1);
                listeners.add(new RecordingListener());
                ranges.add(range);
                begins.add(begin);
                watches.add(hub.watch(List.of(range), new Revision(begin), WatchFilter.ALL, listeners.getLast()));
            }
            if (i < 1000 && random.nextInt(3) == 0) {
                String key = commands.key().utf8();
                if (random.nextInt(4) == 0) {
                    delete(key);
                } else {
                    put(key, "" + i);
                }
            }
            for (int run = random.nextInt(20); run > 0; run--) {
                executor.runOne();
            }
        }
        executor.runAll();

        for (int i = 0; i < listeners.size(); i++) {
            RecordingListener expected = new RecordingListener();
            KeyRange range = ranges.get(i);
            space.readChanges(new Revision(begins.get(i)), Integer.MAX_VALUE, RangeSet.of(List.of(range)),
                    (revision, events) -> {
                        expected.onEvents(revision, events);
                        return true;
                    });
            assertThat(listeners.get(i).events()).as("watch %d of %s", i, range).isEqualTo(expected.events());
        }
        watches.forEach(Watch::close);
        put("a", "x");
        executor.runAll();
        assertThat(executor.waiting()).isZero();
    }
}
