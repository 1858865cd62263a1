package dev.roster.server.api.cluster;

import dev.roster.api.cluster.RestoreResult;
import dev.roster.server.cluster.Backups;
import dev.roster.server.cluster.Restoration;
import dev.roster.server.cluster.RestoreOutcome;
import dev.roster.server.cluster.UnusableBackupException;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the whole state, and replaces it. */
@RestController
final class BackupController {

    /** What a caller has to say so that nobody loses a cluster by a slip of the hand. */
    private static final String CONFIRMATION = "replace-everything";

    private final Backups backups;
    private final Restoration restoration;

    BackupController(Backups backups, Restoration restoration) {
        this.backups = backups;
        this.restoration = restoration;
    }

    @GetMapping("/api/v1/cluster/backup")
    @RequiresRole(Role.ADMIN)
    @Audited("cluster.backup")
    void backup(HttpServletResponse response) throws IOException {
        Backups.Backup backup = backups.begin();
        RevisionHeader.set(response, backup.revision());
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader("Content-Disposition",
                "attachment; filename=\"roster-" + backup.revision() + ".backup\"");
        backup.writeTo(response.getOutputStream());
    }

    /** The entry of the audit log comes after it: what was stored before is replaced by what the backup has. */
    private Optional<RestoreOutcome> received(InputStream backup) throws IOException {
        try {
            return AuditContext.outside(() -> {
                try {
                    return restoration.receive(backup);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @PostMapping(path = "/api/v1/cluster/restore", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @RequiresRole(Role.ADMIN)
    @Audited("cluster.restore")
    RestoreResult restore(@RequestParam(name = "confirm", required = false) @Nullable String confirm,
            HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!CONFIRMATION.equals(confirm)) {
            throw new ProblemException(
                    ProblemReport.invalidArgument("confirm", confirm == null ? "absent" : confirm, CONFIRMATION));
        }
        try {
            RestoreOutcome outcome = received(request.getInputStream())
                    .orElseThrow(() -> new ProblemException(ProblemReport.of(ProblemKind.CONFLICT,
                            "Another restoration is under way on this member")));
            RevisionHeader.set(response, outcome.revision());
            return new RestoreResult(outcome.origin(), outcome.backupRevision(), outcome.backupTime(),
                    outcome.revision());
        } catch (UnusableBackupException e) {
            throw new ProblemException(
                    ProblemReport.of(ProblemKind.INVALID_DOCUMENT, e.getMessage() + " " + e.action()));
        }
    }
}
