package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.system.fault.Operation.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Files of one member of three are damaged while it does not run, snapshots too: it repairs what was never acknowledged or refuses to
 * start, and then takes its state from the others. {@code -Droster.fault.damages} says how often each kind of file is.
 */
@Isolated
class DamageIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.damages", 1);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int CLIENTS = 3;

    /** More than the 64 MiB of log after which a member takes a snapshot. */
    private static final int BALLAST = 1_200;
    private static final int BALLAST_WRITERS = 8;
    private static final int BALLAST_CHARACTERS = 60_000;
    private static final int BALLAST_KEYS = 40;

    private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void neverServesWhatADiskHasChanged() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " of each kind");
        Random random = new Random(SEED);
        try (StoreGroup group = StoreGroup.start(directory, 3)) {
            List<Operation> operations = new ArrayList<>(ballast(group));
            awaitSnapshots(group);
            Load load = new Load(group.members(), CLIENTS, random);
            int refused = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (String kind : List.of(".*\\.snapshot", ".*\\.log", "mark|votes")) {
                    StoreMember victim = group.members().get(random.nextInt(3));
                    refused += damage(victim, kind, random) ? 1 : 0;
                    operations.addAll(readAll(victim));
                }
            }
            load.close();
            operations.addAll(load.operations());

            Verdict verdict = new Verdict(operations, HistoryJudge.violations(operations, group.events()), load.hung(),
                    group.fatalities());
            verdict.print("three members, %d files damaged, %d refused".formatted(3 * ROUNDS, refused));
            verdict.assertSpotless();
        }
    }

    private static boolean damage(StoreMember victim, String kind, Random random)
            throws IOException, InterruptedException {
        victim.kill();
        List<Path> files = FileDamage.files(victim.data(), kind);
        String damage = FileDamage.inflict(files.get(random.nextInt(files.size())), random);
        victim.start();
        String refusal = victim.awaitReadyOrRefusal();
        System.out.println(victim + ", " + damage + ": " + (refusal.isEmpty() ? "starts" : refusal));
        if (!refusal.isEmpty()) {
            victim.wipe();
            victim.start();
        }
        victim.awaitWhole();
        return !refusal.isEmpty();
    }

    private static Queue<Operation> ballast(StoreGroup group) throws InterruptedException {
        int port = group.leader().clientPort();
        Queue<Operation> written = new ConcurrentLinkedQueue<>();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < BALLAST_WRITERS; writer++) {
            String name = "ballast-" + writer + "-";
            writers.add(Thread.ofPlatform().start(() -> {
                try (StoreConnection connection = new StoreConnection(port)) {
                    for (int i = 0; i < BALLAST / BALLAST_WRITERS; i++) {
                        written.add(connection.put("ballast-" + i % BALLAST_KEYS,
                                name + i + "x".repeat(BALLAST_CHARACTERS), Operation.ANY));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(written).allMatch(write -> write.outcome() == Result.DONE).hasSize(BALLAST);
        return written;
    }

    private static void awaitSnapshots(StoreGroup group) {
        for (StoreMember member : group.members()) {
            await("a snapshot of " + member).atMost(SNAPSHOT_LIMIT)
                    .until(() -> !FileDamage.files(member.data(), ".*\\.snapshot").isEmpty());
        }
    }

    private static List<Operation> readAll(StoreMember member) throws IOException {
        List<Operation> read = new ArrayList<>();
        try (StoreConnection connection = new StoreConnection(member.clientPort())) {
            for (int i = 0; i < BALLAST_KEYS; i++) {
                read.add(connection.read("ballast-" + i).operation());
            }
        }
        return read;
    }
}
