package dev.roster.server.api.coordination;

import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueOfferRequest;
import dev.roster.api.coordination.QueueState;
import dev.roster.api.coordination.QueueTakeRequest;
import dev.roster.api.coordination.QueueTaken;
import dev.roster.server.coordination.ObjectName;
import dev.roster.server.coordination.QueueKey;
import dev.roster.server.coordination.QueueLoad;
import dev.roster.server.coordination.QueuedItem;
import dev.roster.server.coordination.Queues;
import dev.roster.server.coordination.SessionId;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Queues: items leave in the order in which they came. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/queues/{name}")
final class QueueController {
    private final Queues queues;
    private final ReadFence fence;

    QueueController(Queues queues, ReadFence fence) {
        this.queues = queues;
        this.fence = fence;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<QueueState> get(Caller caller, @PathVariable String namespace, @PathVariable String name,
            ReadOptions options) {
        fence.await(options.linearizable(), options.minRevision());
        QueueLoad load = queues.get(caller, key(namespace, name));
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(load.revision()))
                .body(new QueueState(namespace, name, load.size(), load.taken(), load.capacity(), load.revision()));
    }

    @PostMapping(path = "/items", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<QueueItem> offer(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestBody QueueOfferRequest request) {
        String value = request.value();
        if (value == null) {
            throw ProblemException.invalidArgument("value", null, "a string");
        }
        QueuedItem item = queues.offer(caller, key(namespace, name), value, request.capacity());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(RevisionHeader.NAME, Long.toString(item.revision())).body(item(item));
    }

    @PostMapping(path = "/take", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    QueueTaken take(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestParam(required = false) @Nullable String wait, @RequestBody QueueTakeRequest request) {
        String session = request.session();
        return new QueueTaken(queues.take(caller, key(namespace, name),
                session == null ? null : new SessionId(session), WaitReader.read(wait)).map(QueueController::item)
                .orElse(null));
    }

    @DeleteMapping("/items/{id}")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> acknowledge(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable long id, @RequestParam String session) {
        return done(queues.acknowledge(caller, key(namespace, name), id, new SessionId(session)));
    }

    @DeleteMapping("/items/{id}/taking")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> giveBack(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable long id, @RequestParam String session) {
        return done(queues.giveBack(caller, key(namespace, name), id, new SessionId(session)));
    }

    @DeleteMapping
    @RequiresRole(Role.EDITOR)
    @Audited("queue.remove")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        return done(queues.remove(caller, key(namespace, name)));
    }

    private static ResponseEntity<Void> done(long revision) {
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(revision)).build();
    }

    private static QueueItem item(QueuedItem item) {
        SessionId session = item.session();
        return new QueueItem(item.queue().namespace().value(), item.queue().name().value(), item.id(), item.value(),
                item.offeredBy(), item.offeredAt(), session == null ? null : session.value(), item.revision());
    }

    private static QueueKey key(String namespace, String name) {
        return new QueueKey(new NamespaceName(namespace), new ObjectName(name));
    }
}
