package dev.roster.server.store.raft;

import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Replicator;
import dev.roster.server.store.ReplicatorContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The durable engine does what every engine must. */
class AtomixReplicatorContractTest extends ReplicatorContract {

    @TempDir
    Path directory;

    @Override
    protected Replicator create() {
        return new LocalGroup(directory, 1).start("m1");
    }

    @Override
    protected void letTimePass(Duration time) {
        // The leader's clock is the real one; the margin is its tick.
        await("time").pollDelay(time.plusMillis(500)).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
