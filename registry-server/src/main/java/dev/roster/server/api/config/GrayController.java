package dev.roster.server.api.config;

import dev.roster.api.Page;
import dev.roster.api.config.GrayActionRequest;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayReleaseRequest;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Publication;
import dev.roster.server.config.gray.GrayPlan;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The gray releases of an item. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/configs/{item}/gray-releases")
final class GrayController {
    private final GrayReleases releases;
    private final ReadFence fence;

    GrayController(GrayReleases releases, ReadFence fence) {
        this.releases = releases;
        this.fence = fence;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.gray-release-start")
    ResponseEntity<GrayRelease> start(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody GrayReleaseRequest request) {
        ItemKey key = ConfigController.key(namespace, item);
        Long expected = VersionTag.expectedVersion(ifMatch);
        GrayPlan plan = GrayRecords.plan(request);
        Long changeSet = request.changeSet();
        if (changeSet == null) {
            Publication publication = ChangeReader.publication("", request.format(), request.content(),
                    request.comment());
            return answer(HttpStatus.CREATED, fence.current(),
                    releases.start(caller, key, expected, publication, plan));
        }
        if (request.format() != null || request.content() != null || request.comment() != null) {
            throw ProblemException.invalidArgument("changeSet", changeSet,
                    "either a change set or format, content and comment");
        }
        return answer(HttpStatus.CREATED, fence.current(), releases.start(caller, key, expected,
                ChangeSetController.key(namespace, changeSet), plan));
    }

    /** There are few, so all of them are one page. */
    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<GrayRelease>> list(Caller caller, @PathVariable String namespace, @PathVariable String item,
            ReadOptions options) {
        ItemKey key = ConfigController.key(namespace, item);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(revision))
                .body(new Page<>(revision, releases.list(caller, key).stream()
                        .map(release -> GrayRecords.release(release, releases.count(release))).toList(), null));
    }

    @GetMapping("/{version}")
    @RequiresRole(Role.READER)
    ResponseEntity<GrayRelease> get(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @PathVariable long version, ReadOptions options) {
        ItemKey key = ConfigController.key(namespace, item);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return answer(HttpStatus.OK, revision, releases.get(caller, key, version));
    }

    @PostMapping(path = "/{version}/actions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.gray-release-action")
    ResponseEntity<GrayRelease> act(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @PathVariable long version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody GrayActionRequest request) {
        ItemKey key = ConfigController.key(namespace, item);
        long seen = VersionTag.needed(ifMatch);
        String comment = request.comment();
        dev.roster.server.config.gray.GrayRelease done = switch (request.action()) {
            case PAUSE -> releases.pause(caller, key, version, seen, comment);
            case RESUME -> releases.resume(caller, key, version, seen, comment);
            case ADVANCE -> releases.advance(caller, key, version, seen, comment);
            case PROMOTE -> releases.promote(caller, key, version, seen, comment);
            case ABORT -> releases.abort(caller, key, version, seen, comment);
            case null -> throw ProblemException.invalidArgument("action", null,
                    "one of pause, resume, advance, promote, abort");
        };
        return answer(HttpStatus.OK, fence.current(), done);
    }

    /** The entity tag is the number, which changes must name; what applications report changes without it. */
    private ResponseEntity<GrayRelease> answer(HttpStatus status, long revision,
            dev.roster.server.config.gray.GrayRelease release) {
        return ResponseEntity.status(status)
                .header(RevisionHeader.NAME, Long.toString(revision))
                .header(HttpHeaders.ETAG, VersionTag.of(release.number()))
                .body(GrayRecords.release(release, releases.count(release)));
    }
}
