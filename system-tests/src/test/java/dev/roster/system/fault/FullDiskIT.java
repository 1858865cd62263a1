package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The leader's disk fills up under load: nearly, so that it refuses new data, and wholly, so that it may have
 * to stop. The others go on, and it comes back when there is room. Takes a file system of its own, and so the right to mount
 * one. {@code -Droster.fault.full-disks} says how often.
 */
@Isolated
class FullDiskIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.full-disks", 1);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int CLIENTS = 6;
    private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(60);

    /** A member refuses new data below 96 MiB and takes it again from 128 MiB on. */
    private static final String SIZE = "256m";
    private static final int NEARLY_FULL_BYTES = 60 << 20;
    private static final int STAYS_MILLIS = 2_500;
    private static final int CHUNK_BYTES = 1 << 16;

    @TempDir
    Path directory;

    private final List<Path> mounted = new ArrayList<>();

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        for (int i = 1; i <= 3; i++) {
            Path point = Files.createDirectories(directory.resolve("m" + i));
            assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", point.toString()),
                    "a file system of limited size can't be mounted here: that takes root");
            mounted.add(point);
        }
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        for (Path point : mounted) {
            run("umount", "-l", point.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    @Test
    void losesNothingAndGoesOnWithoutTheMemberThatHasNoRoom() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " full disks");
        int ended = 0;
        List<Long> waits = new ArrayList<>();
        try (StoreGroup group = StoreGroup.start(directory, 3)) {
            Load load = new Load(group.members(), CLIENTS, new Random(SEED));
            for (int round = 0; round < ROUNDS; round++) {
                StoreMember full = group.leader();
                Path ballast = full.data().resolveSibling("ballast");
                fill(ballast, NEARLY_FULL_BYTES);
                Thread.sleep(STAYS_MILLIS);
                waits.add(progress(load));
                fill(ballast, 0);
                Thread.sleep(STAYS_MILLIS);
                waits.add(progress(load));
                Files.delete(ballast);
                if (!full.isAlive()) {
                    System.out.println(full.awaitReadyOrRefusal());
                    ended++;
                    startAgain(full);
                }
                full.awaitWhole();
                waits.add(progress(load));
                group.events();
            }
            load.close();

            Verdict verdict = new Verdict(load.operations(),
                    HistoryJudge.violations(load.operations(), group.events()), load.hung(), group.fatalities());
            verdict.print("three members, %d full disks, %d members ended".formatted(ROUNDS, ended));
            Verdict.printTimes("next write acknowledged", waits);
            verdict.assertSpotless();
        }
    }

    /** An entry of which there was room for a part only may be taken for written: then it refuses what it finds. */
    private static void startAgain(StoreMember full) throws IOException, InterruptedException {
        full.start();
        String refusal = full.awaitReadyOrRefusal();
        if (!refusal.isEmpty()) {
            System.out.println(refusal);
            full.wipe();
            full.start();
        }
    }

    /** Writes until there is so much room left. */
    private static void fill(Path file, long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            while (Files.getFileStore(file).getUsableSpace() > left) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(left).as("room that should be left: %s", e).isZero();
        }
    }

    /** Returns how long it takes until a write is acknowledged that begins now, in milliseconds. */
    private static long progress(Load load) throws InterruptedException {
        long now = System.nanoTime();
        long acknowledged = load.awaitWriteAfter(now, PROGRESS_LIMIT);
        assertThat(acknowledged).as("a write was acknowledged").isNotZero();
        return (acknowledged - now) / 1_000_000;
    }
}
