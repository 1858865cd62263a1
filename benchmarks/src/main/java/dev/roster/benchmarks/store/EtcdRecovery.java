package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.ResidentMemory;
import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.etcd.Proto;
import dev.roster.benchmarks.etcd.ProtoReader;
import dev.roster.benchmarks.measure.WorkDirectory;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** What {@link Recovery} measures of etcd. */
final class EtcdRecovery {

    private static final MethodDescriptor<byte[], byte[]> SNAPSHOT = EtcdConnections.download("Maintenance",
            "Snapshot");
    private static final int BLOB = 3;
    private static final int RETRY_MILLIS = 20;

    private final Path directory;
    private final int keys;
    private final Duration quiet;
    private final Figures figures = new Figures();

    EtcdRecovery(Path directory, int keys, Duration quiet) {
        this.directory = directory;
        this.keys = keys;
        this.quiet = quiet;
    }

    Figures measure() throws Exception {
        Path backup = Files.createDirectories(directory).resolve("backup");
        try (EtcdGroup group = EtcdGroup.start(directory, 1)) {
            try (EtcdClient client = new EtcdClient(group.clientPorts())) {
                awaitAnswer(client);
                fill(group, client);
                figures.put(Recovery.LONGEST_QUIET, WriteLoad.longestMillis(client::put, keys, quiet));
                backUp(group, client, backup);
            }
            figures.put(Recovery.ON_DISK, WorkDirectory.bytesIn(group.directory()) / Recovery.MEGA);
            long began = System.nanoTime();
            group.restart();
            try (EtcdClient client = new EtcdClient(group.clientPorts())) {
                awaitAnswer(client);
                figures.put(Recovery.START, (System.nanoTime() - began) / 1e9);
                figures.put(Recovery.RESIDENT, ResidentMemory.megabytes(group.process()));
            }
        }
        return figures;
    }

    private static void awaitAnswer(EtcdClient client) throws InterruptedException {
        while (true) {
            try {
                client.get(WriteLoad.key(0)).join();
                return;
            } catch (CompletionException e) {
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private void fill(EtcdGroup group, EtcdClient client) throws IOException {
        double before = ResidentMemory.megabytes(group.process());
        figures.put(Recovery.FILL, WriteLoad.fill(client::put, keys));
        double full = ResidentMemory.megabytes(group.process());
        figures.put(Recovery.MEMORY_OF_A_KEY, (full - before) * Recovery.MEGA / keys);
    }

    private void backUp(EtcdGroup group, EtcdClient client, Path file) throws Exception {
        try (EtcdConnections connections = new EtcdConnections(group.clientPorts());
                WriteLoad load = WriteLoad.start(client::put, keys)) {
            figures.put(Recovery.BACKUP, Recovery.seconds(() -> write(connections, file)));
            figures.put(Recovery.LONGEST_IN_BACKUP, load.stop().longestMillis());
        }
        figures.put(Recovery.BACKUP_SIZE, Files.size(file) / Recovery.MEGA);
    }

    private static Object write(EtcdConnections connections, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return connections.download(SNAPSHOT, new Proto(), message -> {
                try {
                    for (byte[] blob : ProtoReader.all(message, BLOB)) {
                        out.write(blob);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).join();
        }
    }
}
