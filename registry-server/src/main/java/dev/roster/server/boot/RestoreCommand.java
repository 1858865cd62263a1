package dev.roster.server.boot;

import dev.roster.server.cluster.BackupFile;
import dev.roster.server.cluster.RestoreSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Gives an empty data directory a backup to begin with. Changes nothing unless the file is whole and the directory empty. */
final class RestoreCommand {

    /** What an empty data directory may hold: a lock file, an earlier try, and the master key of what is restored. */
    private static final Set<String> IGNORED = Set.of(DataDirectory.LOCK_FILE, RestoreSeed.FILE,
            RestoreSeed.FILE + ".tmp",
            MasterKeys.FILE, "lost+found");

    private final Path configured;

    RestoreCommand(Path dataDirectory) {
        this.configured = dataDirectory;
    }

    /** Returns what to say when it is done. */
    String run(Path file) throws IOException, OperatorCommand.Refused {
        if (!Files.isRegularFile(file)) {
            throw new OperatorCommand.Refused("There is no file " + file + ".");
        }
        BackupFile backup = BackupFile.check(file);
        try (DataDirectory data = DataDirectory.open(configured)) {
            refuseContents(data.path());
            Path seed = data.path().resolve(RestoreSeed.FILE);
            Path written = data.path().resolve(RestoreSeed.FILE + ".tmp");
            Files.copy(file, written, StandardCopyOption.REPLACE_EXISTING);
            BackupFile.check(written);
            BackupFile.moveDurably(written, seed);
            return """
                    The first start with %s restores the backup of %s at revision %d, made at %s: %d keys.
                    In a cluster, give every member an empty data directory and run this command there with the same file.
                    Users and passwords are those of the backup."""
                    .formatted(data.path(), backup.contents().header().origin(),
                            backup.contents().header().revision().value(), backup.contents().header().time(),
                            backup.contents().keys());
        } catch (StartRefusedException e) {
            throw new OperatorCommand.Refused(e.getMessage() + " " + e.action());
        }
    }

    private static void refuseContents(Path directory) throws IOException, OperatorCommand.Refused {
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> found = entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !IGNORED.contains(name)).sorted().toList();
            if (!found.isEmpty()) {
                throw new OperatorCommand.Refused("The data directory " + directory + " is not empty: it has " + found
                        + ". Nothing was changed. To begin anew with the backup, stop the server, move the directory away"
                        + " and try again; to replace the state of a running server, see docs/operating/backup.md.");
            }
        }
    }
}
