package dev.roster.server.api.namespaces;

import dev.roster.api.Page;
import dev.roster.server.feed.Namespaces;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All namespaces, on one page: there are tens, not thousands. */
@RestController
final class NamespaceController {
    private final Namespaces namespaces;
    private final ReadFence fence;

    NamespaceController(Namespaces namespaces, ReadFence fence) {
        this.namespaces = namespaces;
        this.fence = fence;
    }

    @GetMapping("/api/v1/namespaces")
    @RequiresRole(Role.READER)
    ResponseEntity<Page<String>> list(Caller caller, ReadOptions options) {
        fence.await(options.linearizable(), options.minRevision());
        Namespaces.Listing all = namespaces.list(caller);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(all.revision()))
                .body(new Page<>(all.revision(), all.names().stream().map(NamespaceName::value).toList(), null));
    }
}
