package dev.roster.server.boot;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Makes the join token of a cluster. */
final class JoinTokenCommand {

    /** Name of the file when none is given. */
    static final String DEFAULT_FILE = "join-token";

    private final SecureRandom random;

    JoinTokenCommand(SecureRandom random) {
        this.random = random;
    }

    /** Returns what to say when it is done, which is nothing of the token. */
    String run(Path file) throws IOException, OperatorCommand.Refused {
        JoinToken token = JoinToken.random(random);
        try {
            JoinTokenFile.write(file, token);
        } catch (FileAlreadyExistsException e) {
            throw new OperatorCommand.Refused(
                    file + " is there already, and was not changed: members that use it would no longer know one that"
                            + " has another token. Give another name, or remove it first.");
        }
        return """
                %s holds the join token of a new cluster (authority '%s').
                Copy it to every member, readable by the server's user alone, and start them with
                  --roster.cluster.join-token-file=%s
                Whoever has it can join the cluster, and read and change everything: docs/operating/cluster.md."""
                .formatted(file, ClusterAuthority.of(token), file.toAbsolutePath().normalize());
    }
}
