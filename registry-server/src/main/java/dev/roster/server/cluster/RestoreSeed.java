package dev.roster.server.cluster;

import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Restored;
import dev.roster.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backup in the data directory of a member that has not started yet: what its cluster begins with. The member that leads
 * restores it into the empty store; the others that have the same file see that it is done. Nobody drops the file before.
 */
public final class RestoreSeed {

    /** Name of the file in the data directory. */
    public static final String FILE = "restore.seed";

    private static final Logger log = LoggerFactory.getLogger(RestoreSeed.class);

    private final Path file;
    private final Restoration restoration;
    private final ClusterView cluster;
    private volatile boolean settled;

    /** How an attempt went. */
    public enum Attempt {

        /** There is nothing to restore (any more). */
        SETTLED,

        /** There is no leader yet, or another member has to do it: try again soon. */
        WAITING,

        /** An operator has to do something first, which the log says. */
        REFUSED
    }

    /** Makes the seed of a member. */
    public RestoreSeed(Path dataDirectory, Restoration restoration, ClusterView cluster) {
        this.file = dataDirectory.resolve(FILE);
        this.restoration = restoration;
        this.cluster = cluster;
    }

    /** Tells whether there is nothing to restore (any more). */
    public boolean isSettled() {
        return settled;
    }

    /** Does what can be done now. May take as long as it takes to write the backup to the log. */
    public Attempt attempt() {
        if (!Files.exists(file)) {
            settled = true;
            return Attempt.SETTLED;
        }
        try {
            return attempt(BackupFile.check(file));
        } catch (InvalidCommandException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            log.debug("The backup has to wait for the store", e);
            return Attempt.WAITING;
        } catch (UnusableBackupException e) {
            log.error("{} {}", e.getMessage(), e.action());
            return Attempt.REFUSED;
        } catch (IOException e) {
            log.error("The backup in {} can't be read: {}", file, e.toString());
            return Attempt.REFUSED;
        }
    }

    private Attempt attempt(BackupFile backup) throws IOException {
        Restoration.Holding now = restoration.look();
        if (!now.last().equals(Optional.of(backup.id()))) {
            if (!now.isEmpty()) {
                return refuse("the store is not empty");
            }
            ClusterState state = cluster.state();
            if (!state.member().equals(state.leader())) {
                return Attempt.WAITING;
            }
            Restored restored = restoration.restore(backup, true);
            log.info("Restored the backup of {} at revision {}, made at {}: {} keys. The store goes on at revision {}.",
                    restored.backup().origin(), restored.backup().revision().value(), restored.backup().time(),
                    backup.contents().keys(), restored.revision().value());
        }
        Files.delete(file);
        settled = true;
        return Attempt.SETTLED;
    }

    private Attempt refuse(String why) {
        log.error("The backup in {} can't be restored: this cluster has contents already ({}). To join it as it is,"
                + " remove the file. To begin with the backup, stop all members and give each an empty data directory"
                + " with the same file.", file, why);
        return Attempt.REFUSED;
    }
}
