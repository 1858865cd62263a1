package dev.roster.server.api.security;

import dev.roster.api.Page;
import dev.roster.api.security.AuditRecord;
import dev.roster.api.security.AuditRecordChange;
import dev.roster.api.security.AuditVerification;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.security.audit.AuditEntry;
import dev.roster.server.security.audit.AuditLink;
import dev.roster.server.security.audit.AuditPage;
import dev.roster.server.security.audit.AuditQuery;
import dev.roster.server.security.audit.AuditTrail;
import dev.roster.server.security.audit.AuditVerdict;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log. */
@RestController
@RequestMapping("/api/v1/audit")
final class AuditController {
    private static final int MAX_CHARACTERS = 200;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping
    @RequiresRole(Role.ADMIN)
    Page<AuditRecord> list(Caller caller, @RequestParam(required = false) @Nullable String user,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to, PageQuery page, HttpServletResponse response) {
        AuditQuery query = new AuditQuery(checked("user", user), checked("action", action),
                checked("outcome", outcome), checked("target", target), from, to);
        Cursor cursor = page.cursor();
        AuditPage found = trail.list(caller, query, page.limit(), cursor == null ? null : cursor.revision(),
                cursor == null ? null : number(cursor));
        RevisionHeader.set(response, found.revision());
        Long next = found.next();
        return new Page<>(found.revision(), found.entries().stream().map(AuditController::record).toList(),
                next == null ? null : new Cursor(found.revision(), next.toString()).encode());
    }

    @GetMapping("/verification")
    @RequiresRole(Role.ADMIN)
    AuditVerification verify(Caller caller, HttpServletResponse response) {
        AuditVerdict verdict = trail.verify(caller);
        RevisionHeader.set(response, verdict.revision());
        AuditVerdict.Flaw flaw = verdict.flaw();
        return new AuditVerification(flaw == null, verdict.first(), verdict.last(), verdict.verified(), verdict.head(),
                verdict.pending(), flaw == null ? null : flaw.number(), flaw == null ? null : flaw.problem());
    }

    private static AuditRecord record(AuditLink link) {
        AuditEntry entry = link.entry();
        return new AuditRecord(link.number(), link.revision(), entry.at(), entry.member(), entry.caller(),
                entry.known(), entry.role().isEmpty() ? null : entry.role(), entry.token(), entry.address(),
                entry.requestId(), entry.action(), entry.target(), entry.outcome(),
                entry.changes().stream()
                        .map(change -> new AuditRecordChange(change.what(), change.before(), change.after()))
                        .toList(),
                link.previous(), link.hash());
    }

    private static @Nullable String checked(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_CHARACTERS)) {
            throw ProblemException.invalidArgument(field, value, "1 to " + MAX_CHARACTERS + " characters");
        }
        return value;
    }

    private static long number(Cursor cursor) {
        try {
            return Long.parseLong(cursor.after());
        } catch (NumberFormatException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }
}
