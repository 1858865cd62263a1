package dev.roster.server.cluster;

import dev.roster.server.store.BackupReader;
import dev.roster.server.store.CorruptStateException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A backup in a file that was read from end to end and is whole. */
public final class BackupFile {
    private final Path path;
    private final BackupReader.Contents contents;

    private BackupFile(Path path, BackupReader.Contents contents) {
        this.path = path;
        this.contents = contents;
    }

    /**
     * Reads a file from end to end.
     *
     * @throws UnusableBackupException if it is not a whole backup that this version knows
     * @throws IOException if it can't be read
     */
    public static BackupFile check(Path path) throws IOException {
        return check(path, path.toString());
    }

    /** Reads a file from end to end, which messages call by a name. */
    static BackupFile check(Path path, String name) throws IOException {
        switch (identify(path)) {
            case FOREIGN -> throw new UnusableBackupException(name + " is not a backup of Roster.",
                    "Give the file that 'bin/roster backup' or GET /api/v1/cluster/backup wrote.");
            case NEWER_BACKUP -> throw new UnusableBackupException(
                    name + " was written by a newer version of Roster, in a form that this one does not know.",
                    "Restore it with the version that wrote it, or a later one.");
            case BACKUP -> {
            }
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            BackupReader.Contents contents = BackupReader.check(new DataInputStream(file));
            if (file.read() >= 0) {
                throw new CorruptStateException("there are bytes behind the seal");
            }
            return new BackupFile(path, contents);
        } catch (CorruptStateException e) {
            throw new UnusableBackupException(name + " is damaged or was cut short: " + e.getMessage() + ".",
                    "Nothing was changed. Take another copy of this backup, or an earlier one.");
        }
    }

    private static BackupReader.Identity identify(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            return BackupReader.identify(file.readNBytes(BackupReader.IDENTITY_BYTES));
        }
    }

    /**
     * Puts a file in place so that after a crash it is there wholly or not at all.
     *
     * @param written the file, in the same directory
     */
    public static void moveDurably(Path written, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(target.toAbsolutePath().normalize().getParent(),
                StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Returns what it holds. */
    public BackupReader.Contents contents() {
        return contents;
    }

    /** Returns what tells this backup from others: its revision and its seal. */
    public String id() {
        return "%d-%08x".formatted(contents.header().revision().value(), contents.seal());
    }
}
