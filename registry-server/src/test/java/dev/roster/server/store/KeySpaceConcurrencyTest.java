package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers beside a writer, with a history so short that compaction follows on its heels. Revision n always has x = y = n and
 * ten keys under c/, of which each revision deletes one and makes another: whoever sees anything else saw half a revision,
 * or something that was dropped.
 */
class KeySpaceConcurrencyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int REVISIONS = 30_000;
    private static final int CHURNING = 10;

    private final KeySpace space = new KeySpace(new HistoryLimits(30, Long.MAX_VALUE));

    private volatile boolean writing = true;

    private void writeRevision(int revision) {
        space.apply(NOW, Txn.of(put("x", revision), put("y", revision),
                new DeleteKeys(Key.of("c/" + (revision - CHURNING))), put("c/" + revision, revision)));
    }

    private static PutKey put(String key, int value) {
        return new PutKey(Key.of(key), Value.of("" + value));
    }

    private void checkRevision(ReadView view) {
        String expected = "" + view.revision().value();
        assertThat(valueOf(view, "x")).isEqualTo(expected);
        List<KeyValue> churning = view.read(KeyRange.prefix("c/"), 100).keys();
        assertThat(churning).hasSize(CHURNING);
        assertThat(view.count(KeyRange.prefix("c/"))).isEqualTo(CHURNING);
        assertThat(valueOf(view, "y")).isEqualTo(expected);
    }

    /** Every revision has changes, and four of them. */
    private void checkChanges(Revision after) {
        List<Long> revisions = new ArrayList<>();
        Revision last = space.readChanges(after, Integer.MAX_VALUE, RangeSet.ALL, (at, events) -> {
            assertThat(events).hasSize(4).allSatisfy(event -> {
                KeyValue present = event.current() == null ? event.previous() : event.current();
                assertThat(present).isNotNull();
            });
            return revisions.add(at.value());
        });
        assertThat(revisions).hasSize((int) (last.value() - after.value()));
    }

    private static String valueOf(ReadView view, String key) {
        return view.find(Key.of(key)).orElseThrow().value().utf8();
    }

    @Test
    void readersSeeWholeRevisionsOrAreTurnedAway() throws Exception {
        for (int revision = 1; revision <= CHURNING; revision++) {
            writeRevision(revision);
        }
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger turnedAway = new AtomicInteger();

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(threads.submit(reader(i, seen, turnedAway)));
            }
            running.add(threads.submit(this::write));
            for (Future<?> future : running) {
                future.get(2, TimeUnit.MINUTES);
            }
        }

        assertThat(seen).hasPositiveValue();
        checkRevision(space.view());
    }

    private void write() {
        try {
            for (int revision = CHURNING + 1; revision <= REVISIONS; revision++) {
                writeRevision(revision);
            }
        } finally {
            writing = false;
        }
    }

    private Callable<Void> reader(int seed, AtomicInteger seen, AtomicInteger turnedAway) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            while (writing) {
                try {
                    ReadView view = space.view();
                    long back = random.nextLong(40);
                    checkRevision(view);
                    Revision past = new Revision(Math.max(CHURNING, view.revision().value() - back));
                    checkRevision(space.viewAt(past));
                    checkChanges(past);
                    seen.incrementAndGet();
                } catch (RevisionCompactedException e) {
                    turnedAway.incrementAndGet();
                }
            }
            return null;
        };
    }

    @Test
    void imagesAreWrittenWhileCommandsGoOn() throws Exception {
        List<Future<?>> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int revision = 1; revision <= REVISIONS / 3; revision++) {
                writeRevision(revision);
                if (revision > 100 && revision % 500 == 0) {
                    StateImage image = space.image();
                    written.add(threads.submit(() -> checkImage(image)));
                }
            }
            for (Future<?> future : written) {
                future.get(2, TimeUnit.MINUTES);
            }
        }
        assertThat(written).isNotEmpty();
    }

    private void checkImage(StateImage image) {
        KeySpace restored = new KeySpace(new HistoryLimits(30, Long.MAX_VALUE));
        try {
            restored.restore(Images.input(Images.bytes(image)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(restored.view().revision()).isEqualTo(image.revision());
        checkRevision(restored.view());
        checkRevision(restored.viewAt(new Revision(image.revision().value() - 30)));
    }
}
