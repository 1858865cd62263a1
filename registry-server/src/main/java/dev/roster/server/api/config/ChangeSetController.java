package dev.roster.server.api.config;

import dev.roster.api.Page;
import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSetRequest;
import dev.roster.api.config.ChangeSetSummary;
import dev.roster.server.config.changeset.About;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSetPage;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The change sets of a namespace. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/change-sets")
final class ChangeSetController {
    private final ChangeSets sets;
    private final ReadFence fence;

    ChangeSetController(ChangeSets sets, ReadFence fence) {
        this.sets = sets;
        this.fence = fence;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.create-change-set")
    ResponseEntity<ChangeSet> create(Caller caller, @PathVariable String namespace,
            @RequestBody ChangeSetRequest request) {
        NamespaceName where = new NamespaceName(namespace);
        String title = request.title();
        if (title == null) {
            throw ProblemException.invalidArgument("title", null, "1 to " + About.MAX_TITLE + " characters");
        }
        dev.roster.server.config.changeset.ChangeSet made = sets.create(caller, where,
                new About(title, request.description()));
        return answer(HttpStatus.CREATED, fence.current(), made);
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<ChangeSetSummary>> list(Caller caller, @PathVariable String namespace, PageQuery query,
            ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        ChangeSetPage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        ChangeSetPage page = sets.list(caller, where, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.sets().stream().map(ChangeSetRecords::summary).toList(),
                        next(page)));
    }

    @GetMapping("/{changeSet}")
    @RequiresRole(Role.READER)
    ResponseEntity<ChangeSet> get(Caller caller, @PathVariable String namespace, @PathVariable long changeSet,
            ReadOptions options) {
        ChangeSetKey key = key(namespace, changeSet);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return answer(HttpStatus.OK, revision, sets.get(caller, key));
    }

    static ChangeSetKey key(String namespace, long id) {
        if (id < 1) {
            throw ProblemException.invalidArgument("changeSet", id, "the id of a change set, 1 or more");
        }
        return new ChangeSetKey(new NamespaceName(namespace), id);
    }

    static ResponseEntity<ChangeSet> answer(HttpStatus status, long revision,
            dev.roster.server.config.changeset.ChangeSet set) {
        return ResponseEntity.status(status)
                .header(RevisionHeader.NAME, Long.toString(revision))
                .eTag(VersionTag.of(set.number()))
                .body(ChangeSetRecords.set(set));
    }

    private static ChangeSetPage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new ChangeSetPage.Position(cursor.revision(), Long.parseLong(cursor.after()));
        } catch (NumberFormatException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    private static @Nullable String next(ChangeSetPage page) {
        return page.more() && !page.sets().isEmpty()
                ? new Cursor(page.revision(), Long.toString(page.sets().getLast().key().id())).encode()
                : null;
    }
}
