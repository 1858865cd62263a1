package dev.roster.server.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the password of the first admin, which only the owner of the process may read: either one that this class
 * fills with a random password, or one that the operator has put there, which is only ever read. Not for several threads.
 */
public final class PasswordFile {

    /** Length of a password of ours; with {@link #ALPHABET} it has 140 random bits. */
    private static final int PASSWORD_CHARACTERS = 24;

    /** Letters and digits, without those that look like one another. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final Path path;
    private final boolean ours;
    private final SecureRandom random;

    private PasswordFile(Path path, boolean ours, SecureRandom random) {
        this.path = path;
        this.ours = ours;
        this.random = random;
    }

    /** Returns a file that is filled with a random password when it is needed, and deleted when it is no longer right. */
    public static PasswordFile generated(Path path, SecureRandom random) {
        return new PasswordFile(path, true, random);
    }

    /** Returns a file that the operator has written, such as a mounted secret. */
    public static PasswordFile given(Path path, SecureRandom random) {
        return new PasswordFile(path, false, random);
    }

    /** Returns where the file is. */
    public Path path() {
        return path;
    }

    /** Returns the first line, empty if there is no file or nothing in it. */
    Optional<String> read() throws IOException {
        try {
            return Files.readString(path).lines().findFirst().map(String::strip).filter(line -> !line.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns the password in the file, after it has filled the file if that is for it to do. */
    String readOrCreate() throws IOException {
        Optional<String> present = read();
        if (present.isPresent()) {
            return present.get();
        }
        if (!ours) {
            throw new NoSuchFileException(path.toString(), null, "there is no password in it");
        }
        String password = random.ints(PASSWORD_CHARACTERS, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
        write(password);
        return password;
    }

    /** Deletes the file if it is ours. */
    void discard() throws IOException {
        if (ours) {
            Files.deleteIfExists(path);
        }
    }

    /** Writes the whole file or nothing, and has it on disk before it returns. */
    private void write(String password) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            ByteBuffer bytes = ByteBuffer.wrap((password + '\n').getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(Objects.requireNonNull(path.toAbsolutePath().getParent()));
    }

    private static FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** The name of a file is on disk only when its directory is. */
    private static void syncDirectory(Path directory) throws IOException {
        if (!isPosix()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
