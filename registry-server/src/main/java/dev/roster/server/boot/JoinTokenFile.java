package dev.roster.server.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/** A join token on disk: the token and nothing else, in one line. */
final class JoinTokenFile {

    /** Much more than a token has, so that any other file is told from one without reading all of it. */
    private static final int MAX_BYTES = 1024;

    /** The group may read: mounted secrets belong to root, and to the group of the process. */
    private static final Set<PosixFilePermission> TOO_OPEN = Set.of(PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private static final String ANEW = "Copy the file anew from another member, or make one for all of them: bin/roster"
            + " join-token (docs/operating/cluster.md).";

    private JoinTokenFile() {}

    /**
     * Reads the token.
     *
     * @throws StartRefusedException if the file is not there, can't be read, can be read by everybody, or holds no token
     */
    static JoinToken read(Path file) {
        String named = "The join token in " + file.toAbsolutePath() + " (roster.cluster.join-token-file) ";
        try {
            if (!Files.isRegularFile(file)) {
                throw new StartRefusedException(
                        "There is no file " + file.toAbsolutePath() + " (roster.cluster.join-token-file).", ANEW);
            }
            if (isTooOpen(file)) {
                throw new StartRefusedException(
                        named + "can be read or changed by other users of this machine: whoever knows it can join the"
                                + " cluster, and read and change everything.",
                        "Let only the server's user read it: chmod 600. If somebody may have seen it, make another one"
                                + " for all members: bin/roster join-token (docs/operating/cluster.md).");
            }
            try (InputStream content = Files.newInputStream(file)) {
                return JoinToken.valueOf(
                        new String(content.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1).strip());
            }
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(named + e.getMessage() + ".", ANEW);
        } catch (IOException e) {
            throw new StartRefusedException(named + "can't be read: " + e.getClass().getSimpleName() + ".",
                    "Let the server's user, and nobody else, read it: chown and chmod 600.");
        }
    }

    /**
     * Writes a token into a new file, for its owner alone from the first moment.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file is there
     */
    static void write(Path file, JoinToken token) throws IOException {
        Files.createDirectories(file.toAbsolutePath().normalize().getParent(), permissions("rwx------"));
        Files.createFile(file, permissions("rw-------"));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.SYNC)) {
            out.write((token.text() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static boolean isTooOpen(Path file) throws IOException {
        return hasOwners() && !Collections.disjoint(Files.getPosixFilePermissions(file), TOO_OPEN);
    }

    /** Returns what makes a file for its owner alone, where there are owners. */
    static FileAttribute<?>[] permissions(String of) {
        return hasOwners()
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(of))}
                : new FileAttribute<?>[0];
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
