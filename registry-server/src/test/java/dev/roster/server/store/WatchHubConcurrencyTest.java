package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Watches on real threads beside a writer. Each key counts 1, 2, 3 and so on, so a gap, a repetition or a change of order is
 * seen by looking at the numbers.
 */
class WatchHubConcurrencyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KEYS = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static Key key(int number) {
        return Key.of("k/%03d".formatted(number));
    }

    private static void write(KeySpace space, int key, int count) {
        space.apply(NOW, Txn.of(new PutKey(key(key), Value.of("" + count))));
    }

    /** Follows one key and checks its numbers. */
    private static class CountingListener implements WatchListener {
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile String wrong = "";
        private volatile int count;
        private volatile boolean compacted;
        private long revision;

        @Override
        public void onEvents(Revision at, List<KeyEvent> events) {
            KeyValue current = events.getFirst().current();
            int next = current == null ? -1 : Integer.parseInt(current.value().utf8());
            if (closed.get() || next != count + 1 || at.value() <= revision || events.size() != 1) {
                wrong += "%d after %d, revision %d after %d, closed %s; ".formatted(next, count, at.value(), revision,
                        closed);
            }
            revision = at.value();
            count = next;
        }

        @Override
        public void onProgress(Revision at) {
            if (at.value() < revision || closed.get()) {
                wrong += "progress %d after %d, closed %s; ".formatted(at.value(), revision, closed);
            }
        }

        @Override
        public void onCompacted(Revision oldest) {
            compacted = true;
        }
    }

    @Test
    void eachIsToldEverythingOnceInOrder() {
        KeySpace space = new KeySpace();
        WatchHub hub = new WatchHub(space, threads);
        List<CountingListener> listeners = new ArrayList<>();
        int rounds = 100;

        for (int round = 1; round <= rounds; round++) {
            for (int key = 0; key < KEYS; key++) {
                if (round == 1 + key % 3) {
                    listeners.add(new CountingListener());
                    hub.watch(List.of(KeyRange.of(key(key))), Revision.ZERO, WatchFilter.ALL, listeners.getLast());
                }
                write(space, key, round);
            }
        }

        await("all are told of the last round").atMost(SOON)
                .until(() -> listeners.stream().allMatch(listener -> listener.count == rounds));
        assertThat(listeners).hasSize(KEYS).allSatisfy(listener -> assertThat(listener.wrong).isEmpty());
    }

    @Test
    void thoseWhoBeginInThePastBesideAWriterMissNothing() throws InterruptedException {
        KeySpace space = new KeySpace();
        WatchHub hub = new WatchHub(space, threads);
        List<KeyRange> others = IntStream.range(0, 500)
                .mapToObj(other -> KeyRange.of(Key.of("z/%03d".formatted(other))))
                .toList();
        List<CountingListener> listeners = new ArrayList<>();
        int rounds = 5_000;
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int round = 1; round <= rounds; round++) {
                write(space, 0, round);
            }
        });

        // The range that is changed comes first, so that there is time to be marked before the watch begins.
        List<KeyRange> ranges = Stream.concat(Stream.of(KeyRange.of(key(0))), others.stream()).toList();
        while (writer.isAlive()) {
            listeners.add(new CountingListener());
            hub.watch(ranges, Revision.ZERO, WatchFilter.ALL, listeners.getLast());
        }
        writer.join();

        await("all are told of the last round").atMost(SOON)
                .until(() -> listeners.stream().allMatch(listener -> listener.count == rounds));
        assertThat(listeners).isNotEmpty().allSatisfy(listener -> assertThat(listener.wrong).isEmpty());
    }

    @Test
    void slowOnesAreToldEverythingUntilTheyAreToldThatTheyCannotBe() {
        KeySpace space = new KeySpace(new HistoryLimits(500, Long.MAX_VALUE));
        WatchHub hub = new WatchHub(space, threads);
        List<CountingListener> listeners = new ArrayList<>();
        int rounds = 60;
        for (int key = 0; key < KEYS; key++) {
            listeners.add(new CountingListener());
            hub.watch(List.of(KeyRange.of(key(key))), Revision.ZERO, WatchFilter.ALL, listeners.getLast());
        }

        for (int round = 1; round <= rounds; round++) {
            for (int key = 0; key < KEYS; key++) {
                write(space, key, round);
            }
        }

        await("all are told of the last round or of the end").atMost(SOON).until(
                () -> listeners.stream().allMatch(listener -> listener.compacted || listener.count == rounds));
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.wrong).isEmpty());
    }

    @Test
    void noneIsToldAnythingOnceClosingHasReturned() {
        KeySpace space = new KeySpace();
        WatchHub hub = new WatchHub(space, threads);
        SplittableRandom random = new SplittableRandom(1);
        List<CountingListener> listeners = new ArrayList<>();
        List<Watch> watches = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            listeners.add(new CountingListener());
            watches.add(hub.watch(List.of(KeyRange.of(key(key))), Revision.ZERO, WatchFilter.ALL, listeners.getLast()));
        }

        for (int round = 1; round <= 50; round++) {
            for (int key = 0; key < KEYS; key++) {
                write(space, key, round);
                int ending = random.nextInt(KEYS * 20);
                if (ending < KEYS) {
                    watches.get(ending).close();
                    listeners.get(ending).closed.set(true);
                }
            }
        }

        await("those that go on are told of the last round").atMost(SOON).until(
                () -> listeners.stream().allMatch(listener -> listener.closed.get() || listener.count == 50));
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.wrong).isEmpty());
        assertThat(listeners).anyMatch(listener -> listener.closed.get()).anyMatch(listener -> !listener.closed.get());
    }
}
