package dev.roster.server.api.config;

import dev.roster.api.Page;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigVersion;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.HistoryPage;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.SecretForm;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of an item, also after it was deleted. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/configs/{item}/versions")
final class HistoryController {
    private final ConfigReleases releases;
    private final ReadFence fence;
    private final ShownReleases shown;

    HistoryController(ConfigReleases releases, ReadFence fence, ShownReleases shown) {
        this.shown = shown;
        this.releases = releases;
        this.fence = fence;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ConfigVersion>> list(Caller caller, @PathVariable String namespace, @PathVariable String item,
            PageQuery query, ReadOptions options) {
        ItemKey key = ConfigController.key(namespace, item);
        HistoryPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        HistoryPage page = releases.listVersions(caller, key, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.versions().stream().map(ConfigRecords::version).toList(),
                        next(page)));
    }

    @GetMapping("/{version}")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigItem> get(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @PathVariable long version, @RequestParam(required = false) @Nullable String secrets,
            ReadOptions options) {
        SecretForm wanted = SecretParameter.read(secrets);
        ItemKey key = ConfigController.key(namespace, item);
        if (version < 1) {
            throw ProblemException.invalidArgument("version", version, "the number of a version, 1 or more");
        }
        long revision = fence.await(options.linearizable(), options.minRevision());
        return shown.answer(HttpStatus.OK, revision, caller, releases.getVersion(caller, key, version), wanted);
    }

    private static HistoryPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new HistoryPage.Position(cursor.revision(), Long.parseLong(cursor.after()));
        } catch (NumberFormatException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    private static @Nullable String next(HistoryPage page) {
        return page.more()
                ? new Cursor(page.revision(), Long.toString(page.versions().getLast().version())).encode()
                : null;
    }
}
