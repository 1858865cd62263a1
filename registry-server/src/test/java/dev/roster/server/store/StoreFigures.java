package dev.roster.server.store;

import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.codec.CommandCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a state machine takes of memory and time, for docs/internals/store.md. Run by hand, with a fixed heap:
 * {@code java -Xms4g -Xmx4g -cp … dev.roster.server.store.StoreFigures}. Figures are of one thread and one machine: compare
 * them with each other, not with those of others.
 */
final class StoreFigures {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int KEYS = 500_000;
    private static final String VALUE = "x".repeat(256);
    private static final List<Key> KEY_LIST = keyList();

    private StoreFigures() {}

    /** Prints all figures. */
    public static void main(String[] args) throws IOException {
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            fill(new KeySpace(), KEYS / 4);
        }
        memory();
        throughput();
        batches();
        images();
        watches();
    }

    private static void memory() {
        HistoryLimits noHistory = new HistoryLimits(0, Long.MAX_VALUE);
        long before = used();
        KeySpace keys = fill(new KeySpace(noHistory), KEYS);
        say("memory per key, beside %d bytes of key and %d of value: %d bytes", key(0).size(), VALUE.length(),
                (used() - before) / KEYS - key(0).size() - VALUE.length());

        long leased = used();
        for (int i = 0; i < KEYS / 5; i++) {
            keys.apply(NOW, new GrantLease(new LeaseId(i + 1L), Duration.ofSeconds(30)));
            keys.apply(NOW, Txn.of(new PutKey(keyCopy(i), Value.of(VALUE), new LeaseId(i + 1L))));
        }
        say("memory per lease with one key: %d bytes", (used() - leased) / (KEYS / 5));

        KeySpace versions = fill(new KeySpace(new HistoryLimits(KEYS, Long.MAX_VALUE)), 1);
        long one = used();
        for (int i = 0; i < KEYS; i++) {
            versions.apply(NOW, put(0));
        }
        say("memory per kept version, beside its value: %d bytes", (used() - one) / KEYS - VALUE.length());
        say("(%s %s)", keys.view(), versions.view());
    }

    private static void throughput() {
        for (int keys : new int[]{1_000, 100_000, KEYS}) {
            KeySpace space = fill(new KeySpace(), keys);
            for (int round = 0; round < 2; round++) {
                rate("put over " + keys + " keys, history full", KEYS,
                        i -> space.apply(NOW, put((int) (i * 7919L % keys))));
            }
            rate("compare and put", KEYS, i -> {
                Key key = key((int) (i * 7919L % keys));
                space.apply(NOW, Txn.when(List.of(Compare.exists(key)), new PutKey(key, Value.of(VALUE))));
            });
            rate("find", KEYS, i -> space.view().find(key((int) (i * 7919L % keys))));
            rate("read 100 of a range", KEYS / 100, i -> space.view().read(new KeyRange(key(i % keys), null), 100));
        }
    }

    private static void batches() {
        BatchMachine machine = new BatchMachine(fill(new KeySpace(), 100_000));
        for (int round = 0; round < 3; round++) {
            int first = round * 1000;
            List<byte[]> log = new ArrayList<>();
            rate("encode a batch of 500 puts", 1000, i -> log.add(batch(first + i)));
            rate("decode, apply and encode outcomes of a batch of 500 puts", 1000, i -> machine.apply(NOW, log.get(i)));
        }
    }

    private static byte[] batch(int sequence) {
        List<Command> commands = new ArrayList<>(500);
        for (int i = 0; i < 500; i++) {
            commands.add(put((int) ((sequence * 500L + i) * 7919 % 100_000)));
        }
        return CommandCodec.encodeBatch(new Batch(1, sequence, Math.max(0, sequence - 1), commands));
    }

    private static void images() throws IOException {
        KeySpace space = fill(new KeySpace(), 100_000);
        for (int i = 0; i < 100_000; i++) {
            space.apply(NOW, new GrantLease(new LeaseId(i + 1L), Duration.ofSeconds(30)));
        }
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            StateImage image = space.image();
            long made = System.nanoTime();
            image.writeTo(new DataOutputStream(OutputStream.nullOutputStream()));
            long written = System.nanoTime();
            byte[] bytes = Images.bytes(space.image());
            long restoring = System.nanoTime();
            new KeySpace().restore(Images.input(bytes));
            say("image of 100,000 keys and leases: made in %d µs, %d MB written in %d ms, restored in %d ms",
                    (made - start) / 1000, bytes.length >> 20, (written - made) / 1_000_000,
                    (System.nanoTime() - restoring) / 1_000_000);
        }
    }

    private static void watches() {
        for (int watches : new int[]{0, 1, 1_000, 10_000}) {
            KeySpace space = fill(new KeySpace(), 100_000);
            ManualExecutor executor = new ManualExecutor();
            WatchHub hub = new WatchHub(space, executor);
            long before = used();
            List<Watch> running = new ArrayList<>(watches);
            for (int i = 0; i < watches; i++) {
                KeyRange range = KeyRange.prefix("registry/default/service-%03d/".formatted(i % 1000));
                running.add(hub.watch(List.of(range), space.view().revision(), WatchFilter.ALL, new SilentListener()));
            }
            executor.runAll();
            say("%d watches of a service: %d bytes each", watches, watches == 0 ? 0 : (used() - before) / watches);
            for (int round = 0; round < 2; round++) {
                rate("  put, nobody served meanwhile", 50_000, i -> space.apply(NOW, put((int) (i * 7919L % 100_000))));
                rate("  and then told to all, per put", 50_000, i -> {
                    if (i == 0) {
                        executor.runAll();
                    }
                });
            }
            running.forEach(Watch::close);
        }
    }

    private static final class SilentListener implements WatchListener {
        @Override
        public void onEvents(Revision revision, List<KeyEvent> events) {}

        @Override
        public void onCompacted(Revision oldest) {
            throw new IllegalStateException("too slow");
        }
    }

    private interface Step {
        void run(int i);
    }

    private static void rate(String what, int times, Step step) {
        long start = processorTime();
        for (int i = 0; i < times; i++) {
            step.run(i);
        }
        double seconds = (processorTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        say("%s: %,.0f a second of processor time", what, times / seconds);
    }

    /** Other work on the machine does not count. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static KeySpace fill(KeySpace space, int keys) {
        for (int i = 0; i < keys; i++) {
            space.apply(NOW, put(i));
        }
        return space;
    }

    private static Txn put(int number) {
        return Txn.of(new PutKey(keyCopy(number), Value.of(VALUE)));
    }

    private static Key key(int number) {
        return KEY_LIST.get(number);
    }

    private static List<Key> keyList() {
        List<Key> keys = new ArrayList<>(KEYS);
        for (int i = 0; i < KEYS; i++) {
            keys.add(Key.of("registry/default/service-%03d/instance-%07d".formatted(i % 1000, i)));
        }
        return keys;
    }

    /** As a command that was read from the log has it. */
    private static Key keyCopy(int number) {
        return Key.of(key(number).bytes());
    }

    private static long used() {
        List<Long> used = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            System.gc();
            used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used.getLast();
    }

    private static void say(String format, Object... args) {
        System.out.println(String.format(Locale.ROOT, format, args));
    }
}
