package dev.roster.server.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/** Makes a master key for the members of a cluster. */
final class MasterKeyCommand {

    /** Name of the file when none is given. */
    static final String DEFAULT_FILE = "master-key";

    private final SecureRandom random;

    MasterKeyCommand(SecureRandom random) {
        this.random = random;
    }

    /** Returns what to say when it is done, which is nothing of the key. */
    String run(Path file) throws IOException, OperatorCommand.Refused {
        String key = MasterKeys.random(random);
        try {
            Files.createFile(file, JoinTokenFile.permissions("rw-------"));
        } catch (FileAlreadyExistsException e) {
            throw new OperatorCommand.Refused(
                    file + " is there already, and was not changed: without the key in it nobody"
                            + " can read the secrets that it protects. Give another name.");
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.SYNC)) {
            out.write((key + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return """
                %s holds a new master key (%s).
                Copy it to every member, readable by the server's user alone, and name it there in
                  --roster.secrets.master-key-file=%s
                Keep a copy apart from the backups: without it nobody can read the secrets in them.
                How to replace a master key: docs/operating/security.md."""
                .formatted(file, MasterKeys.valueOf(key).id(), file.toAbsolutePath().normalize());
    }
}
