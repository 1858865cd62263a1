package dev.roster.server.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that holds everything this member keeps. It belongs to one process at a time: a lock, which the operating
 * system takes back whatever happens to the process, keeps a second one out.
 */
final class DataDirectory implements AutoCloseable {

    /** Held open while a process uses the directory. */
    static final String LOCK_FILE = "roster.lock";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes a directory, which is made, for the owner alone, when there is none.
     *
     * @throws StartRefusedException if it cannot be written, or another process has it
     */
    static DataDirectory open(Path configured) {
        Path path = configured.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path, ownerOnly());
            return new DataDirectory(path, lock(path));
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data directory " + path + " cannot be used: " + e.getClass().getSimpleName() + ": "
                            + e.getMessage() + ".",
                    "Make it a directory that the user of this process may write, or set roster.data-dir to another one.");
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Taken by another server in this process: the same to the operator as one in another process.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new StartRefusedException("Another Roster server uses the data directory " + path + ".",
                    "Stop the other server, or give this one a directory of its own: set roster.data-dir.");
        }
        return channel;
    }

    /** Returns the absolute path. */
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }
}
