package dev.roster.server.api.config;

import dev.roster.api.Page;
import dev.roster.api.config.ConfigClient;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.config.UndeleteRequest;
import dev.roster.server.api.wire.ClientReader;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemPage;
import dev.roster.server.config.Publication;
import dev.roster.server.config.Published;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.feed.ReadFence;
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
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The items of a namespace as they are now. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/configs")
final class ConfigController {
    private final ConfigReleases releases;
    private final GrayReleases grays;
    private final ReadFence fence;
    private final ShownReleases shown;
    private final DocumentShortcut shortcut;

    ConfigController(ConfigReleases releases, GrayReleases grays, ReadFence fence, ShownReleases shown,
            DocumentShortcut shortcut) {
        this.shortcut = shortcut;
        this.shown = shown;
        this.releases = releases;
        this.grays = grays;
        this.fence = fence;
    }

    @PutMapping(path = "/{item}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.publish")
    ResponseEntity<ConfigItem> publish(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody PublishRequest request) {
        ItemKey key = key(namespace, item);
        Expectation expected = VersionTag.expectation(ifMatch, ifNoneMatch);
        Publication publication = ChangeReader.publication("", request.format(), request.content(), request.comment());
        Published published = releases.publish(caller, key, publication, expected);
        return answer(published.first() ? HttpStatus.CREATED : HttpStatus.OK, caller, published.release());
    }

    @PostMapping(path = "/{item}/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.rollback")
    ResponseEntity<ConfigItem> rollBack(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody RollbackRequest request) {
        ItemKey key = key(namespace, item);
        long toVersion = ChangeReader.toVersion("", request.toVersion());
        return answer(HttpStatus.OK, caller,
                releases.rollBack(caller, key, VersionTag.expectedVersion(ifMatch), toVersion,
                        request.comment()));
    }

    @PostMapping(path = "/{item}/undelete", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.undelete")
    ResponseEntity<ConfigItem> undelete(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody UndeleteRequest request) {
        ItemKey key = key(namespace, item);
        return answer(HttpStatus.OK, caller,
                releases.undelete(caller, key, VersionTag.expectedVersion(ifMatch), request.comment()));
    }

    @DeleteMapping("/{item}")
    @RequiresRole(Role.EDITOR)
    @Audited("config.delete")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ReleaseEntry deletion = releases.delete(caller, key(namespace, item), VersionTag.expectedVersion(ifMatch));
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(deletion.revision())).build();
    }

    /**
     * Spring answers 304 by itself when {@code If-None-Match} names the entity tag. Whoever says who they are gets the version
     * that a gray release has for them, under the entity tag of that version.
     */
    @GetMapping("/{item}")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigItem> get(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestParam(required = false) @Nullable String instance,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels,
            @RequestParam(required = false) @Nullable String secrets, ReadOptions options,
            HttpServletRequest request) {
        SecretForm wanted = SecretParameter.read(secrets);
        ItemKey key = key(namespace, item);
        boolean unsaid = instance == null && address == null && labels == null;
        GrayClient client = unsaid
                ? GrayClient.UNKNOWN
                : ClientReader.client(new ConfigClient(instance, address, ClientParameters.labels("label", labels)),
                        caller.address());
        long revision = fence.await(options.linearizable(), options.minRevision());
        Release release = grays.getRelease(caller, key, client);
        if (unsaid && wanted == null) {
            shortcut.remember(request, key);
        }
        return shown.answer(HttpStatus.OK, revision, caller, release, wanted);
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ConfigSummary>> list(Caller caller, @PathVariable String namespace,
            @RequestParam(defaultValue = "") String prefix, PageQuery query, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        ItemPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        ItemPage page = releases.listItems(caller, where, prefix, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.items().stream().map(ConfigRecords::summary).toList(),
                        next(page)));
    }

    static ItemKey key(String namespace, String item) {
        return new ItemKey(new NamespaceName(namespace), new ItemName(item));
    }

    private ResponseEntity<ConfigItem> answer(HttpStatus status, Caller caller, Release release) {
        return shown.answer(status, release.entry().revision(), caller, release, null);
    }

    private static ItemPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new ItemPage.Position(cursor.revision(), new ItemName(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    private static @Nullable String next(ItemPage page) {
        return page.more() ? new Cursor(page.revision(), page.items().getLast().item().name().value()).encode() : null;
    }
}
