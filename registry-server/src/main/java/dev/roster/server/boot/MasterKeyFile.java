package dev.roster.server.boot;

import dev.roster.server.config.secret.MasterKey;
import dev.roster.server.config.secret.MasterKeyUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Master keys in a file, one a line: the first wraps, the others only unwrap. It is read whenever a key is needed, which is
 * seldom, so it may be changed while the server runs. May be used by any thread.
 */
final class MasterKeyFile {

    /** Much more than all the keys that anybody keeps. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final Set<PosixFilePermission> TOO_OPEN = Set.of(PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final Path file;
    private final @Nullable SecureRandom random;

    private MasterKeyFile(Path file, @Nullable SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /**
     * Names a file that somebody else keeps.
     *
     * @throws StartRefusedException if it is not there, can't be read, can be read by everybody, or holds no key
     */
    static MasterKeyFile given(Path file) {
        MasterKeyFile keys = new MasterKeyFile(file, null);
        try {
            var _ = keys.keys();
        } catch (MasterKeyUnavailableException e) {
            throw new StartRefusedException("Master key: " + e.getMessage() + " (roster.secrets.master-key-file).",
                    "Copy the file from another member, readable by the server's user alone (chmod 600); or make one for"
                            + " all of them: bin/roster master-key (docs/operating/security.md).");
        }
        return keys;
    }

    /** Names a file that this member makes when it needs it. */
    static MasterKeyFile generated(Path file, SecureRandom random) {
        return new MasterKeyFile(file, random);
    }

    /**
     * Returns the keys, one at least.
     *
     * @throws MasterKeyUnavailableException if the file cannot be used
     */
    synchronized List<MasterKey> keys() {
        try {
            if (random != null && !Files.exists(file)) {
                write(List.of(MasterKeys.random(random)));
            }
            return read().stream().map(MasterKeys::valueOf).toList();
        } catch (IllegalArgumentException e) {
            throw new MasterKeyUnavailableException("the master key in " + file + " " + e.getMessage(), null);
        } catch (IOException e) {
            throw new MasterKeyUnavailableException(
                    file + " can't be used: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Puts a new key in front of those that there are. */
    synchronized void renew() {
        if (random == null) {
            return;
        }
        var _ = keys();
        try {
            List<String> lines = new ArrayList<>();
            lines.add(MasterKeys.random(random));
            lines.addAll(read());
            write(lines);
        } catch (IOException e) {
            throw new MasterKeyUnavailableException(
                    file + " can't be written: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private List<String> read() throws IOException {
        if (isTooOpen()) {
            throw new IllegalArgumentException(
                    "can be read or changed by other users of this machine: let only the server's user read it (chmod 600)");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("is more than " + MAX_BYTES + " bytes long");
        }
        List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return lines;
    }

    /** For its owner alone from the first moment, and after a crash there wholly or as it was. */
    private void write(List<String> lines) throws IOException {
        Path next = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".tmp",
                ownerOnly());
        try {
            byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
            Files.write(next, bytes, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private boolean isTooOpen() throws IOException {
        return hasOwners() && !Collections.disjoint(Files.getPosixFilePermissions(file), TOO_OPEN);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return hasOwners()
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
