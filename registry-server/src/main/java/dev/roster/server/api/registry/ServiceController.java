package dev.roster.server.api.registry;

import dev.roster.api.Page;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.registry.ServicePage;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The services of a namespace. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services")
final class ServiceController {
    private final ServiceCatalog catalog;
    private final ReadFence fence;

    ServiceController(ServiceCatalog catalog, ReadFence fence) {
        this.catalog = catalog;
        this.fence = fence;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ServiceSummary>> list(Caller caller, @PathVariable String namespace,
            @RequestParam(defaultValue = "") String prefix, PageQuery query, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        ServicePage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        ServicePage page = catalog.listServices(caller, where, prefix, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.services().stream().map(RegistryRecords::summary).toList(),
                        next(page)));
    }

    private static ServicePage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new ServicePage.Position(cursor.revision(), new ServiceName(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    private static @Nullable String next(ServicePage page) {
        return page.more()
                ? new Cursor(page.revision(), page.services().getLast().key().name().value()).encode()
                : null;
    }
}
