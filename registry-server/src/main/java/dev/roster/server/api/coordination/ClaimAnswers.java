package dev.roster.server.api.coordination;

import dev.roster.api.Page;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimRequest;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.server.coordination.ClaimDirectory;
import dev.roster.server.coordination.ClaimId;
import dev.roster.server.coordination.ClaimKind;
import dev.roster.server.coordination.ClaimLine;
import dev.roster.server.coordination.ClaimPage;
import dev.roster.server.coordination.ClaimStatus;
import dev.roster.server.coordination.ClaimTarget;
import dev.roster.server.coordination.ClaimTerms;
import dev.roster.server.coordination.Claims;
import dev.roster.server.coordination.Claims.EndedClaim;
import dev.roster.server.coordination.ObjectName;
import dev.roster.server.coordination.SessionId;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RevisionHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers requests about locks, elections and semaphores, in which these are alike. */
@Component
final class ClaimAnswers {
    private final Claims claims;
    private final ClaimDirectory directory;
    private final ReadFence fence;
    private final AuditLog audit;

    ClaimAnswers(Claims claims, ClaimDirectory directory, ReadFence fence, AuditLog audit) {
        this.claims = claims;
        this.directory = directory;
        this.fence = fence;
        this.audit = audit;
    }

    static ClaimTarget target(ClaimKind kind, String namespace, String name) {
        return new ClaimTarget(kind, new NamespaceName(namespace), new ObjectName(name));
    }

    /** Reads which session is to hold something. */
    static SessionId session(@Nullable String session) {
        if (session == null) {
            throw ProblemException.invalidArgument("session", null, "the id of a session, 16 hexadecimal digits");
        }
        return new SessionId(session);
    }

    /** Claims a lock or an office. */
    ResponseEntity<Claim> claim(Caller caller, ClaimTarget target, String claim, ClaimRequest request,
            @Nullable String wait) {
        String value = request.value();
        return claim(caller, target, claim, ClaimTerms.exclusive(session(request.session()),
                !Boolean.FALSE.equals(request.queue()), value == null ? "" : value), wait);
    }

    /** Claims something: 200 when it is held, 202 when the claim waits in the queue. */
    ResponseEntity<Claim> claim(Caller caller, ClaimTarget target, String claim, ClaimTerms terms,
            @Nullable String wait) {
        ClaimStatus status = claims.claim(caller, target, new ClaimId(claim), terms, WaitReader.read(wait));
        return answer(status.isHeld() ? HttpStatus.OK : HttpStatus.ACCEPTED, status);
    }

    /** Ends a claim; one of another user goes to the audit log. */
    ResponseEntity<Void> end(Caller caller, ClaimTarget target, String claim) {
        EndedClaim ended = claims.end(caller, target, new ClaimId(claim));
        if (!ended.wasOfCaller()) {
            audit.record(caller, target.kind().label() + ".break", target(target, ended), AuditLog.DONE);
        }
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(ended.revision())).build();
    }

    private static Map<String, String> target(ClaimTarget target, EndedClaim ended) {
        return Map.of("namespace", target.namespace().value(), "name", target.name().value(), "claim",
                ended.claim().id().value(), "session", ended.claim().session().value(), "owner",
                ended.claim().owner(), "fencingToken", Long.toString(ended.claim().created()));
    }

    /** Replaces what others are shown of a claim. */
    ResponseEntity<Claim> proclaim(Caller caller, ClaimTarget target, String claim, @Nullable String value) {
        if (value == null) {
            throw ProblemException.invalidArgument("value", null, "a string");
        }
        return answer(HttpStatus.OK, claims.proclaim(caller, target, new ClaimId(claim), value));
    }

    private static ResponseEntity<Claim> answer(HttpStatus status, ClaimStatus claim) {
        return ResponseEntity.status(status)
                .header(RevisionHeader.NAME, Long.toString(claim.line().revision()))
                .body(CoordinationRecords.claim(claim));
    }

    /** Tells who holds something, at once or when that has changed since the caller has seen it. */
    ResponseEntity<ClaimQueue> get(Caller caller, ClaimTarget target, @Nullable String wait, @Nullable String seen,
            ReadOptions options) {
        Duration patience = WaitReader.read(wait);
        fence.await(options.linearizable(), options.minRevision());
        ClaimLine line = claims.awaitChange(caller, target, present -> tag(present).equals(seen),
                seen == null ? Duration.ZERO : patience);
        HttpHeaders headers = new HttpHeaders();
        headers.set(RevisionHeader.NAME, Long.toString(line.revision()));
        headers.setETag(tag(line));
        return tag(line).equals(seen)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).headers(headers).build()
                : ResponseEntity.ok().headers(headers).body(CoordinationRecords.queue(line));
    }

    /** Weak, because the revision in the answer moves on while the claims are as they were. */
    private static String tag(ClaimLine line) {
        CRC32C sum = new CRC32C();
        StringBuilder text = new StringBuilder().append(line.limit());
        line.claims().forEach(claim -> text.append(' ').append(claim.created()).append('.').append(claim.modified()));
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        long newest = line.claims().stream().mapToLong(claim -> claim.modified()).max().orElse(0);
        return "W/\"" + newest + '-' + line.claims().size() + '-' + Long.toHexString(sum.getValue()) + '"';
    }

    ResponseEntity<Page<ClaimSummary>> list(Caller caller, ClaimKind kind, String namespace, String prefix,
            PageQuery query, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        ClaimPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        ClaimPage page = directory.list(caller, kind, where, prefix, query.limit(), from);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.lines().stream().map(CoordinationRecords::summary).toList(),
                        page.more()
                                ? new Cursor(page.revision(), page.lines().getLast().target().name().value()).encode()
                                : null));
    }

    private static ClaimPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new ClaimPage.Position(cursor.revision(), new ObjectName(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }
}
