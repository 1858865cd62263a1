package dev.roster.server.api.coordination;

import dev.roster.api.Page;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.api.coordination.LimitRequest;
import dev.roster.api.coordination.PermitRequest;
import dev.roster.server.coordination.ClaimKind;
import dev.roster.server.coordination.ClaimLine;
import dev.roster.server.coordination.ClaimTarget;
import dev.roster.server.coordination.ClaimTerms;
import dev.roster.server.coordination.Semaphores;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Semaphores: each has a number of permits, of which sessions hold some. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/semaphores")
final class SemaphoreController {
    private final ClaimAnswers answers;
    private final Semaphores semaphores;

    SemaphoreController(ClaimAnswers answers, Semaphores semaphores) {
        this.answers = answers;
        this.semaphores = semaphores;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ClaimSummary>> list(Caller caller, @PathVariable String namespace,
            @RequestParam(defaultValue = "") String prefix, PageQuery query, ReadOptions options) {
        return answers.list(caller, ClaimKind.SEMAPHORE, namespace, prefix, query, options);
    }

    @GetMapping("/{name}")
    @RequiresRole(Role.READER)
    ResponseEntity<ClaimQueue> get(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestParam(required = false) @Nullable String wait,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String seen, ReadOptions options) {
        return answers.get(caller, target(namespace, name), wait, seen, options);
    }

    @PutMapping(path = "/{name}/claims/{claim}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Claim> claim(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String claim, @RequestParam(required = false) @Nullable String wait,
            @RequestBody PermitRequest request) {
        Integer permits = request.permits();
        String value = request.value();
        ClaimTerms terms = new ClaimTerms(ClaimAnswers.session(request.session()),
                !Boolean.FALSE.equals(request.queue()), permits == null ? 1 : permits, request.limit(),
                value == null ? "" : value);
        return answers.claim(caller, target(namespace, name), claim, terms, wait);
    }

    @DeleteMapping("/{name}/claims/{claim}")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> end(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String claim) {
        return answers.end(caller, target(namespace, name), claim);
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("semaphore.define")
    ResponseEntity<ClaimQueue> define(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestBody LimitRequest request) {
        Integer limit = request.limit();
        if (limit == null) {
            throw ProblemException.invalidArgument("limit", null, "1 to " + ClaimTerms.MAX_PERMITS);
        }
        ClaimLine line = semaphores.define(caller, target(namespace, name), limit);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(line.revision()))
                .body(CoordinationRecords.queue(line));
    }

    @DeleteMapping("/{name}")
    @RequiresRole(Role.EDITOR)
    @Audited("semaphore.remove")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        long revision = semaphores.remove(caller, target(namespace, name));
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(revision)).build();
    }

    private static ClaimTarget target(String namespace, String name) {
        return ClaimAnswers.target(ClaimKind.SEMAPHORE, namespace, name);
    }
}
