package dev.roster.server.api.coordination;

import dev.roster.api.Page;
import dev.roster.api.coordination.ArrivalRequest;
import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierArrival;
import dev.roster.api.coordination.BarrierState;
import dev.roster.server.coordination.ArrivalId;
import dev.roster.server.coordination.BarrierKey;
import dev.roster.server.coordination.BarrierPage;
import dev.roster.server.coordination.BarrierPhase;
import dev.roster.server.coordination.BarrierStatus;
import dev.roster.server.coordination.BarrierView;
import dev.roster.server.coordination.Barriers;
import dev.roster.server.coordination.Barriers.EndedArrival;
import dev.roster.server.coordination.ObjectName;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Barriers: parties wait for each other, and all go on or none does. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/barriers")
final class BarrierController {
    private final Barriers barriers;
    private final ReadFence fence;
    private final AuditLog audit;

    BarrierController(Barriers barriers, ReadFence fence, AuditLog audit) {
        this.barriers = barriers;
        this.fence = fence;
        this.audit = audit;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<BarrierState>> list(Caller caller, @PathVariable String namespace,
            @RequestParam(defaultValue = "") String prefix, PageQuery query, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        BarrierPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        BarrierPage page = barriers.list(caller, where, prefix, query.limit(), from);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.barriers().stream().map(BarrierController::state).toList(),
                        page.more()
                                ? new Cursor(page.revision(), page.barriers().getLast().barrier().name().value())
                                        .encode()
                                : null));
    }

    private static BarrierPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new BarrierPage.Position(cursor.revision(), new ObjectName(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    @GetMapping("/{name}")
    @RequiresRole(Role.READER)
    ResponseEntity<Barrier> get(Caller caller, @PathVariable String namespace, @PathVariable String name,
            ReadOptions options) {
        fence.await(options.linearizable(), options.minRevision());
        BarrierView view = barriers.get(caller, key(namespace, name));
        BarrierState state = state(view.status());
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(state.revision()))
                .body(new Barrier(namespace, name, state.phase(), state.parties(),
                        view.arrivals().stream().map(BarrierController::arrival).toList(), state.revision()));
    }

    @PutMapping(path = "/{name}/arrivals/{arrival}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<BarrierState> arrive(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String arrival, @RequestParam(required = false) @Nullable String wait,
            @RequestBody ArrivalRequest request) {
        Integer parties = request.parties();
        if (parties == null) {
            throw ProblemException.invalidArgument("parties", null, "1 to " + Barriers.MAX_PARTIES);
        }
        BarrierStatus status = barriers.arrive(caller, key(namespace, name), new ArrivalId(arrival),
                ClaimAnswers.session(request.session()), parties, WaitReader.read(wait));
        return answer(status.phase() == BarrierPhase.OPEN ? HttpStatus.OK : HttpStatus.ACCEPTED, status);
    }

    /** Leaves; one who is sent away by another user goes to the audit log. */
    @DeleteMapping("/{name}/arrivals/{arrival}")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<BarrierState> leave(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String arrival) {
        EndedArrival ended = barriers.leave(caller, key(namespace, name), new ArrivalId(arrival));
        if (!ended.wasOfCaller()) {
            audit.record(caller, "barrier.break", Map.of("namespace", namespace, "name", name, "arrival", arrival,
                    "session", ended.arrival().session().value(), "owner", ended.arrival().owner()), AuditLog.DONE);
        }
        return answer(HttpStatus.OK, ended.status());
    }

    @DeleteMapping("/{name}")
    @RequiresRole(Role.APPLICATION)
    @Audited("barrier.remove")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        return ResponseEntity.noContent()
                .header(RevisionHeader.NAME, Long.toString(barriers.remove(caller, key(namespace, name)))).build();
    }

    private static ResponseEntity<BarrierState> answer(HttpStatus status, BarrierStatus barrier) {
        return ResponseEntity.status(status).header(RevisionHeader.NAME, Long.toString(barrier.revision()))
                .body(state(barrier));
    }

    private static BarrierState state(BarrierStatus status) {
        return new BarrierState(status.barrier().namespace().value(), status.barrier().name().value(),
                switch (status.phase()) {
                    case WAITING -> dev.roster.api.coordination.BarrierPhase.WAITING;
                    case OPEN -> dev.roster.api.coordination.BarrierPhase.OPEN;
                    case BROKEN -> dev.roster.api.coordination.BarrierPhase.BROKEN;
                }, status.parties(), status.standing(), status.revision());
    }

    private static BarrierArrival arrival(dev.roster.server.coordination.BarrierArrival arrival) {
        return new BarrierArrival(arrival.id().value(), arrival.session().value(), arrival.sessionName(),
                arrival.owner(), arrival.since(), arrival.revision());
    }

    private static BarrierKey key(String namespace, String name) {
        return new BarrierKey(new NamespaceName(namespace), new ObjectName(name));
    }
}
