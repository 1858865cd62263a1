package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.ResidentMemory;
import dev.roster.benchmarks.measure.WorkDirectory;
import dev.roster.server.cluster.Backups;
import dev.roster.server.cluster.ClusterMember;
import dev.roster.server.cluster.ClusterState;
import dev.roster.server.cluster.Restoration;
import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What {@link Recovery} measures of our store. */
final class RosterRecovery {

    private final Path directory;
    private final int keys;
    private final Duration quiet;
    private final Figures figures = new Figures();

    RosterRecovery(Path directory, int keys, Duration quiet) {
        this.directory = directory;
        this.keys = keys;
        this.quiet = quiet;
    }

    Figures measure() throws Exception {
        Path data = Files.createDirectories(directory).resolve("data");
        Path backup = directory.resolve("backup");
        try (RosterMember member = RosterMember.alone(data)) {
            fill(member);
            snapshot(member);
            backUp(member, backup);
        }
        figures.put(Recovery.ON_DISK, WorkDirectory.bytesIn(data) / Recovery.MEGA);
        startAgain(data);
        restore(backup);
        return figures;
    }

    private static CompletableFuture<?> put(RosterMember member, String key, byte[] value) {
        return member.store().commit(Txn.of(new PutKey(Key.of(key), Value.of(value))));
    }

    private void fill(RosterMember member) {
        double before = LiveHeap.megabytes();
        figures.put(Recovery.FILL, WriteLoad.fill((key, value) -> put(member, key, value), keys));
        double full = LiveHeap.megabytes();
        figures.put(Recovery.MEMORY_OF_A_KEY, (full - before) * Recovery.MEGA / keys);
        figures.put("heap, MB", full);
    }

    private void snapshot(RosterMember member) throws Exception {
        figures.put(Recovery.LONGEST_QUIET,
                WriteLoad.longestMillis((key, value) -> put(member, key, value), keys, quiet));
        try (WriteLoad load = WriteLoad.start((key, value) -> put(member, key, value), keys)) {
            figures.put("snapshot under load, s", Recovery.seconds(member::takeSnapshot));
            figures.put("longest write during the snapshot, ms", load.stop().longestMillis());
        }
        try (WriteLoad load = WriteLoad.start((key, value) -> put(member, key, value), keys)) {
            figures.put("heap at most during the snapshot, MB", LiveHeap.megabytesDuring(member::takeSnapshot));
            load.stop();
        }
        member.takeSnapshot();
        figures.put("snapshot, MB", member.snapshotBytes() / Recovery.MEGA);
        figures.put("first write after a snapshot without load, ms",
                1000 * Recovery.seconds(() -> put(member, WriteLoad.key(0), new byte[1]).join()));
    }

    private void backUp(RosterMember member, Path file) throws Exception {
        ClusterState state = new ClusterState(null, "m1", "m1", 1, 0, List.of(new ClusterMember("m1", "", true, true)),
                true);
        Backups backups = new Backups(member.store(), () -> state, InstantSource.system());
        try (WriteLoad load = WriteLoad.start((key, value) -> put(member, key, value), keys)) {
            figures.put(Recovery.BACKUP, Recovery.seconds(() -> write(backups, file)));
            figures.put(Recovery.LONGEST_IN_BACKUP, load.stop().longestMillis());
        }
        figures.put("heap at most during the backup, MB", LiveHeap.megabytesDuring(() -> write(backups, file)));
        figures.put(Recovery.BACKUP_SIZE, Files.size(file) / Recovery.MEGA);
    }

    private static long write(Backups backups, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            backups.begin().writeTo(out);
        }
        return Files.size(file);
    }

    private void startAgain(Path data) throws Exception {
        long began = System.nanoTime();
        try (RestartedMember member = RestartedMember.start(data)) {
            figures.put(Recovery.START, (System.nanoTime() - began) / 1e9);
            figures.put(Recovery.RESIDENT, ResidentMemory.megabytes(member.process()));
        }
    }

    private void restore(Path backup) throws Exception {
        Path timed = directory.resolve("restored");
        try (RosterMember member = RosterMember.alone(timed)) {
            WriteLoad.fill((key, value) -> put(member, key, value), 1);
            try (WriteLoad load = WriteLoad.start((key, value) -> put(member, key, value), 1)) {
                figures.put("restoration, s", Recovery.seconds(() -> receive(member, timed, backup)));
                figures.put("longest write during the restoration, ms", load.stop().longestMillis());
            }
        }
        Path weighed = directory.resolve("weighed");
        try (RosterMember member = RosterMember.alone(weighed)) {
            figures.put("heap at most during the restoration, MB",
                    LiveHeap.megabytesDuring(() -> receive(member, weighed, backup)));
        }
    }

    private static Object receive(RosterMember member, Path directory, Path backup) throws IOException {
        try (InputStream in = Files.newInputStream(backup)) {
            return new Restoration(member.store(), directory).receive(in).orElseThrow();
        }
    }
}
