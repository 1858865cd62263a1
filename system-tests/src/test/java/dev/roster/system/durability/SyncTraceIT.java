package dev.roster.system.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.client.RosterClient;
import dev.roster.system.Tools;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Watches the system calls of the servers: between the moment at which a write is sent and that at which it is acknowledged,
 * the log is synced to disk, on a majority of the members. Fails when one of the guards in {@code store.raft} is taken away.
 */
class SyncTraceIT {

    private static final int WRITES = 20;

    @TempDir
    Path directory;

    private final List<SyncTrace> traces = new ArrayList<>();

    @BeforeAll
    static void needTools() {
        Tools.require("strace");
    }

    @Test
    void syncsBeforeItAcknowledges() throws IOException {
        try (RosterProcess server = RosterProcess.builder().wrappedBy(newTrace()).build().start().awaitReady()) {
            List<Write> writes = write(server.client());

            assertSyncedByAtLeast(1, writes);
        }
    }

    @Test
    void syncsOnAMajorityBeforeItAcknowledges() throws IOException {
        try (RosterCluster cluster = RosterCluster.start(3, settings -> settings.wrappedBy(newTrace()))) {
            cluster.awaitLeader();

            List<Write> writes = write(cluster.client());

            assertSyncedByAtLeast(2, writes);
        }
    }

    private String[] newTrace() {
        SyncTrace trace = new SyncTrace(directory.resolve("trace-" + traces.size()));
        traces.add(trace);
        return trace.command();
    }

    private static List<Write> write(RosterClient client) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            Instant sent = Instant.now();
            client.configs().create("traced-" + i, new PublishRequest(ConfigFormat.TEXT, "text", null));
            writes.add(new Write(sent, Instant.now()));
        }
        return writes;
    }

    private void assertSyncedByAtLeast(int members, List<Write> writes) throws IOException {
        List<List<Instant>> syncs = new ArrayList<>();
        for (SyncTrace trace : traces) {
            syncs.add(trace.logSyncs());
        }
        int fewest = Integer.MAX_VALUE;
        for (Write write : writes) {
            int synced = (int) syncs.stream()
                    .filter(times -> times.stream()
                            .anyMatch(time -> !time.isBefore(write.sent) && !time.isAfter(write.acknowledged)))
                    .count();
            fewest = Math.min(fewest, synced);
        }
        System.out.printf(
                "%d writes one after the other, each synced by %d or more of %d members before it was acknowledged%n",
                writes.size(), fewest, traces.size());
        assertThat(fewest).isGreaterThanOrEqualTo(members);
    }

    private record Write(Instant sent, Instant acknowledged) {}
}
