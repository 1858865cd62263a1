package dev.roster.server.api.coordination;

import dev.roster.api.Page;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.api.coordination.SessionRequest;
import dev.roster.server.coordination.OpenSession;
import dev.roster.server.coordination.SessionId;
import dev.roster.server.coordination.SessionPage;
import dev.roster.server.coordination.Sessions;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sessions by which programs hold something. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/sessions")
final class SessionController {
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(15);

    private final Sessions sessions;
    private final ReadFence fence;
    private final AuditLog audit;

    SessionController(Sessions sessions, ReadFence fence, AuditLog audit) {
        this.sessions = sessions;
        this.fence = fence;
        this.audit = audit;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<CoordinationSession> open(Caller caller, @PathVariable String namespace,
            @RequestBody SessionRequest request) {
        Duration ttl = request.ttl();
        String name = request.name();
        OpenSession session = sessions.open(caller, new NamespaceName(namespace), ttl == null ? DEFAULT_TTL : ttl,
                name == null ? "" : name);
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(RevisionHeader.NAME, Long.toString(session.revision()))
                .body(CoordinationRecords.session(session));
    }

    @PutMapping("/{session}/keep-alive")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> keepAlive(Caller caller, @PathVariable String namespace, @PathVariable String session) {
        sessions.keepAlive(caller, new NamespaceName(namespace), new SessionId(session));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{session}")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> end(Caller caller, @PathVariable String namespace, @PathVariable String session) {
        OpenSession ended = sessions.end(caller, new NamespaceName(namespace), new SessionId(session));
        if (!ended.owner().equals(caller.name())) {
            audit.record(caller, "session.end", Map.of("namespace", namespace, "session", session, "owner",
                    ended.owner()), AuditLog.DONE);
        }
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(ended.revision())).build();
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<CoordinationSession>> list(Caller caller, @PathVariable String namespace, PageQuery query,
            ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        SessionPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        SessionPage page = sessions.list(caller, where, query.limit(), from);
        SessionPage.Position next = page.next();
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.sessions().stream().map(CoordinationRecords::session).toList(),
                        next == null ? null : new Cursor(next.revision(), next.after().value()).encode()));
    }

    private static SessionPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new SessionPage.Position(cursor.revision(), new SessionId(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }
}
