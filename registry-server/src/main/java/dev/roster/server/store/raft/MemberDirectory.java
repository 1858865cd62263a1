package dev.roster.server.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one member keeps its state, the same member for ever. {@code member} says which member and which
 * format version; {@code raft} belongs to the log, the snapshots and the votes. Whoever starts the member sees to it that
 * no other process uses the directory.
 */
final class MemberDirectory {

    private static final int FORMAT = 1;

    private final Path root;

    private MemberDirectory(Path root) {
        this.root = root;
    }

    /**
     * Opens the directory, making it when it does not exist.
     *
     * @throws MemberStartException if it belongs to another member, is of another format, or can't be written
     */
    static MemberDirectory open(Path root, String member) {
        try {
            makeOwnerOnly(root);
            MemberDirectory directory = new MemberDirectory(root);
            directory.checkOwner(member);
            makeOwnerOnly(directory.raft());
            return directory;
        } catch (UncheckedIOException e) {
            throw unusable(root, causeOf(e));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** Returns what the disk said. */
    static IOException causeOf(UncheckedIOException e) {
        return Objects.requireNonNull(e.getCause());
    }

    static MemberStartException unusable(Path directory, IOException cause) {
        return new MemberStartException(
                "The data directory " + directory + " can't be used: " + cause.getClass().getSimpleName() + ": "
                        + cause.getMessage() + ".",
                "Make it a directory that this user may write, or give another with roster.data-dir.", cause);
    }

    /** Returns where log, snapshots and votes are kept. */
    Path raft() {
        return root.resolve("raft");
    }

    private static void makeOwnerOnly(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private void checkOwner(String member) throws IOException {
        Path file = root.resolve("member");
        String expected = "format=" + FORMAT + "\nmember=" + member + "\n";
        if (!Files.exists(file)) {
            writeSynced(file, expected.getBytes(StandardCharsets.UTF_8));
            return;
        }
        String found = Files.readString(file);
        if (found.equals(expected)) {
            return;
        }
        if (!found.startsWith("format=" + FORMAT + "\n")) {
            throw new MemberStartException(
                    "The data directory " + root + " was written by another version: "
                            + found.strip().lines().toList() + ".",
                    "Start the version that wrote it, or give another directory with roster.data-dir.");
        }
        throw new MemberStartException(
                "The data directory " + root + " belongs to another member: " + found.strip().lines().toList()
                        + ", this is " + member + ".",
                "Set roster.cluster.member to that name, or give another directory with roster.data-dir.");
    }

    /** Writes a small file so that after a crash either the old or the whole new content is there. */
    static void writeSynced(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        try {
            try (FileChannel channel = FileChannel.open(temporary, options)) {
                var buffer = java.nio.ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Makes renames and new files within a directory durable. */
    static void syncDirectory(@Nullable Path directory) {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot sync " + directory, e);
            }
        }
    }
}
