package dev.roster.server.cluster;

import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Restore;
import dev.roster.server.store.Restored;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Brings backups back. The file goes into the store in parts, each a write like any other, and then one command replaces
 * the state by it on every member at once. Until then nothing has changed, whatever fails.
 *
 * <p>Keys: {@code cluster/restore/part/<id>/<number>} while a restoration is under way, and {@code cluster/restore/done} with
 * the id of what was restored last. No backup holds them.
 */
public final class Restoration {

    /** Begins all keys of restorations. */
    static final Key AREA = Key.of("cluster/restore/");

    /** Where it stands what was restored last. */
    private static final Key DONE = Key.of("cluster/restore/done");

    /** Bytes of one part: a log entry of the usual size. */
    private static final int PART_BYTES = 256 * 1024;

    /** Largest file that is taken from a caller: as much state as a member can hold beside it. */
    public static final long MAX_RECEIVED_BYTES = 1L << 30;

    private final Store store;
    private final Path directory;
    private final Semaphore turn = new Semaphore(1);

    /**
     * Restores into a store.
     *
     * @param directory where files are kept that callers send, until they are restored
     */
    public Restoration(Store store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /**
     * Takes a backup from a caller, checks it wholly, and replaces the state by it.
     *
     * @return what was restored, empty if another restoration is under way
     * @throws UnusableBackupException if it can't be restored
     */
    public Optional<RestoreOutcome> receive(InputStream backup) throws IOException {
        if (!turn.tryAcquire()) {
            return Optional.empty();
        }
        Path file = directory.resolve("received.backup");
        try {
            try (OutputStream output = Files.newOutputStream(file)) {
                copy(backup, output);
            }
            return Optional.of(RestoreOutcome.of(restore(BackupFile.check(file, "The body"), false)));
        } finally {
            Files.deleteIfExists(file);
            turn.release();
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[PART_BYTES];
        long total = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            total += read;
            if (total > MAX_RECEIVED_BYTES) {
                throw new UnusableBackupException("The body has more than " + MAX_RECEIVED_BYTES + " bytes.",
                        "Restore it into an empty data directory, with 'bin/roster restore'.");
            }
            to.write(buffer, 0, read);
        }
    }

    /**
     * What a store holds.
     *
     * @param last the id of the backup that was restored last, if any was since the store was empty
     * @param isEmpty whether it has no keys but those of restorations
     */
    record Holding(Optional<String> last, boolean isEmpty) {}

    /** Looks at the store, at one revision that shows all that was acknowledged before. */
    Holding look() {
        ReadView view = Outcome.await(store.linearizableView());
        return new Holding(view.find(DONE).map(KeyValue::value).map(Value::utf8),
                view.count(KeyRange.ALL) == view.count(KeyRange.prefix(AREA)));
    }

    /**
     * Replaces the state.
     *
     * @param file what to restore
     * @param ontoEmpty whether to refuse when there is something in the store
     * @throws dev.roster.server.store.InvalidCommandException if {@code ontoEmpty} and there is, with the field {@code store}
     * @throws StoreException for the reasons of any write
     */
    public Restored restore(BackupFile file, boolean ontoEmpty) throws IOException {
        String prefix = "cluster/restore/part/" + file.id() + "/";
        boolean restored = false;
        try {
            stage(file, prefix);
            Restored result = Outcome.await(store.restore(
                    new Restore(Key.of(prefix), ontoEmpty, new PutKey(DONE, Value.of(file.id())))));
            restored = true;
            return result;
        } finally {
            if (!restored) {
                removeParts(prefix);
            }
        }
    }

    private void stage(BackupFile file, String prefix) throws IOException {
        try (InputStream bytes = Files.newInputStream(file.path())) {
            byte[] part = bytes.readNBytes(PART_BYTES);
            for (int number = 0; part.length > 0; number++) {
                Key key = Key.of("%s%08d".formatted(prefix, number));
                Outcome.await(store.commit(Txn.of(new PutKey(key, Value.of(part)).withoutPrevious())));
                part = bytes.readNBytes(PART_BYTES);
            }
        }
    }

    private void removeParts(String prefix) {
        try {
            Outcome.await(store.commit(Txn.of(new DeleteKeys(KeyRange.prefix(prefix)).withoutPrevious())));
        } catch (StoreException e) {
            // They cost memory and nothing else, and the failure that led here is the one to tell.
        }
    }
}
