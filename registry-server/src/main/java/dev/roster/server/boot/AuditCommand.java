package dev.roster.server.boot;

import dev.roster.api.security.AuditVerification;
import dev.roster.server.cluster.BackupFile;
import dev.roster.server.security.audit.AuditBackup;
import dev.roster.server.security.audit.AuditVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Verifies the audit log of a running server, or of a backup. */
final class AuditCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerConnection server;

    AuditCommand(Map<String, String> options) {
        this.server = new ServerConnection(options);
    }

    /** Tells whether these words are an action of the command. */
    static boolean isAction(List<String> words) {
        return !words.isEmpty() && words.size() <= 2 && words.getFirst().equals("verify");
    }

    /** Returns what to say if every entry fits, and refuses otherwise. */
    String run(List<String> words) throws IOException, OperatorCommand.Refused {
        return words.size() == 1 ? online() : offline(Path.of(words.getLast()));
    }

    private String online() throws IOException, OperatorCommand.Refused {
        try (InputStream answer = server.get("/api/v1/audit/verification")) {
            AuditVerification found = JSON.readValue(answer.readAllBytes(), AuditVerification.class);
            return say(found.first(), found.last(), found.verified(), found.head(), found.pending(), found.badEntry(),
                    found.problem());
        }
    }

    private static String offline(Path file) throws IOException, OperatorCommand.Refused {
        if (!Files.isRegularFile(file)) {
            throw new OperatorCommand.Refused("There is no file " + file + ".");
        }
        // First the file as a whole: a damaged one is no evidence of anything.
        BackupFile.check(file);
        AuditVerdict found = AuditBackup.verify(file);
        AuditVerdict.Flaw flaw = found.flaw();
        return say(found.first(), found.last(), found.verified(), found.head(), found.pending(),
                flaw == null ? null : flaw.number(), flaw == null ? null : flaw.problem());
    }

    private static String say(long first, long last, long verified, String head, long pending, @Nullable Long bad,
            @Nullable String problem) throws OperatorCommand.Refused {
        if (bad != null) {
            throw new OperatorCommand.Refused(
                    "The audit log does not fit from entry %d on: %s. Right are %d entries, from %d.".formatted(bad,
                            problem, verified, first));
        }
        return """
                The audit log is intact: entries %d to %d, %d of them; %d more wait to be added.
                The last entry has the hash %s: note it down, and see later whether entry %d still has it."""
                .formatted(first, last, verified, pending, head, last);
    }
}
