package dev.roster.server.api.config;

import dev.roster.api.Page;
import dev.roster.api.config.ConfigHit;
import dev.roster.server.config.effective.ConfigSearch;
import dev.roster.server.config.effective.SearchPage;
import dev.roster.server.config.effective.SearchQuery;
import dev.roster.server.feed.ReadFence;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a text or a property is, in all namespaces. */
@RestController
final class SearchController {
    private final ConfigSearch search;
    private final ReadFence fence;

    SearchController(ConfigSearch search, ReadFence fence) {
        this.search = search;
        this.fence = fence;
    }

    @GetMapping("/api/v1/config-search")
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ConfigHit>> find(Caller caller, @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String namespace,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels, PageQuery query,
            ReadOptions options) {
        SearchQuery wanted = new SearchQuery(namespace == null ? null : new NamespaceName(namespace), text, path,
                ClientParameters.labels("label", labels));
        SearchPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        SearchPage page = search.search(caller, wanted, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.hits().stream().map(EffectiveRecords::hit).toList(),
                        next(page.next())));
    }

    private static SearchPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = cursor.after().split("/", -1);
        try {
            if (parts.length == 3) {
                int skip = Integer.parseUnsignedInt(parts[2]);
                return new SearchPage.Position(cursor.revision(), ConfigController.key(parts[0], parts[1]), skip);
            }
        } catch (NumberFormatException | InvalidArgumentException e) {
            throw refused(cursor);
        }
        throw refused(cursor);
    }

    private static ProblemException refused(Cursor cursor) {
        return ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
    }

    private static @Nullable String next(SearchPage.@Nullable Position next) {
        return next == null ? null : new Cursor(next.revision(), next.item() + "/" + next.skip()).encode();
    }
}
