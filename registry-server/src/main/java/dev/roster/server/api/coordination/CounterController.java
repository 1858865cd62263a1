package dev.roster.server.api.coordination;

import dev.roster.api.coordination.Counter;
import dev.roster.api.coordination.CounterAddRequest;
import dev.roster.api.coordination.CounterRequest;
import dev.roster.server.coordination.Counted;
import dev.roster.server.coordination.CounterKey;
import dev.roster.server.coordination.Counters;
import dev.roster.server.coordination.ObjectName;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
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

/** Counters that all programs share. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/counters/{name}")
final class CounterController {
    private final Counters counters;
    private final ReadFence fence;

    CounterController(Counters counters, ReadFence fence) {
        this.counters = counters;
        this.fence = fence;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Counter> get(Caller caller, @PathVariable String namespace, @PathVariable String name,
            ReadOptions options) {
        long revision = fence.await(options.linearizable(), options.minRevision());
        Counted counted = counters.get(caller, key(namespace, name));
        return answer(counted, Math.max(revision, counted.revision()));
    }

    @PostMapping(path = "/add", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Counter> add(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestBody CounterAddRequest request) {
        Long delta = request.delta();
        return changed(counters.add(caller, key(namespace, name), delta == null ? 1 : delta));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Counter> set(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestBody CounterRequest request) {
        Long value = request.value();
        if (value == null) {
            throw ProblemException.invalidArgument("value", null, "a number of 64 bits");
        }
        Long expected = request.expected();
        return changed(expected == null
                ? counters.set(caller, key(namespace, name), value)
                : counters.compareAndSet(caller, key(namespace, name), expected, value));
    }

    @DeleteMapping
    @RequiresRole(Role.EDITOR)
    @Audited("counter.remove")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        return ResponseEntity.noContent()
                .header(RevisionHeader.NAME, Long.toString(counters.remove(caller, key(namespace, name)))).build();
    }

    private static ResponseEntity<Counter> changed(Counted counted) {
        return answer(counted, counted.revision());
    }

    private static ResponseEntity<Counter> answer(Counted counted, long revision) {
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(revision))
                .body(new Counter(counted.key().namespace().value(), counted.key().name().value(), counted.value(),
                        counted.revision()));
    }

    private static CounterKey key(String namespace, String name) {
        return new CounterKey(new NamespaceName(namespace), new ObjectName(name));
    }
}
