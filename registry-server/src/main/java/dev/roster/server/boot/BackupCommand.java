package dev.roster.server.boot;

import dev.roster.server.cluster.BackupFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Fetches a backup from a running server, checks it from end to end, and only then gives it its name. */
final class BackupCommand {
    private final Map<String, String> options;
    private final ServerConnection server;

    BackupCommand(Map<String, String> options) {
        this.options = options;
        this.server = new ServerConnection(options);
    }

    /** Returns what to say when it is done. */
    String run(Path file) throws IOException, OperatorCommand.Refused {
        boolean overwrite = Boolean.parseBoolean(options.getOrDefault("overwrite", "false"));
        if (Files.exists(file) && !overwrite) {
            throw new OperatorCommand.Refused(
                    file + " is there already. Give another name, or --overwrite=true to replace it.");
        }
        Path target = file.toAbsolutePath().normalize();
        // For its owner only, as all such files are: a backup holds what the cluster keeps secret.
        Path written = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".tmp");
        try {
            try (InputStream body = server.get("/api/v1/cluster/backup");
                    OutputStream output = Files.newOutputStream(written)) {
                body.transferTo(output);
            }
            BackupFile backup = BackupFile.check(written);
            BackupFile.moveDurably(written, target);
            return "%s: revision %d of %s, %d keys, %d leases, %d bytes".formatted(file,
                    backup.contents().header().revision().value(), backup.contents().header().origin(),
                    backup.contents().keys(), backup.contents().leases(), Files.size(target));
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
