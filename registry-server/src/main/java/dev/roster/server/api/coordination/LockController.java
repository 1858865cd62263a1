package dev.roster.server.api.coordination;

import dev.roster.api.Page;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimRequest;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.server.coordination.ClaimKind;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
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

/** Locks: each is held by one session at a time, in the order in which they were claimed. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/locks")
final class LockController {
    private final ClaimAnswers answers;

    LockController(ClaimAnswers answers) {
        this.answers = answers;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ClaimSummary>> list(Caller caller, @PathVariable String namespace,
            @RequestParam(defaultValue = "") String prefix, PageQuery query, ReadOptions options) {
        return answers.list(caller, ClaimKind.LOCK, namespace, prefix, query, options);
    }

    @GetMapping("/{name}")
    @RequiresRole(Role.READER)
    ResponseEntity<ClaimQueue> get(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @RequestParam(required = false) @Nullable String wait,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String seen, ReadOptions options) {
        return answers.get(caller, ClaimAnswers.target(ClaimKind.LOCK, namespace, name), wait, seen, options);
    }

    @PutMapping(path = "/{name}/claims/{claim}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Claim> claim(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String claim, @RequestParam(required = false) @Nullable String wait,
            @RequestBody ClaimRequest request) {
        return answers.claim(caller, ClaimAnswers.target(ClaimKind.LOCK, namespace, name), claim, request, wait);
    }

    @DeleteMapping("/{name}/claims/{claim}")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> end(Caller caller, @PathVariable String namespace, @PathVariable String name,
            @PathVariable String claim) {
        return answers.end(caller, ClaimAnswers.target(ClaimKind.LOCK, namespace, name), claim);
    }
}
