package dev.roster.server.api.config;

import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSetActionRequest;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.changeset.ChangeSetReviews;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The steps of a change set from draft to publication. */
@RestController
final class ChangeSetActionController {
    private final ChangeSetReviews reviews;
    private final ChangeSetPublisher publisher;
    private final ReadFence fence;

    ChangeSetActionController(ChangeSetReviews reviews, ChangeSetPublisher publisher, ReadFence fence) {
        this.reviews = reviews;
        this.publisher = publisher;
        this.fence = fence;
    }

    @PostMapping(path = "/api/v1/namespaces/{namespace}/change-sets/{changeSet}/actions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.change-set-action")
    ResponseEntity<ChangeSet> act(Caller caller, @PathVariable String namespace, @PathVariable long changeSet,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ChangeSetActionRequest request) {
        ChangeSetKey key = ChangeSetController.key(namespace, changeSet);
        long seen = VersionTag.needed(ifMatch);
        dev.roster.server.config.changeset.ChangeSet done = switch (request.action()) {
            case REQUEST_REVIEW -> reviews.request(caller, key, seen);
            case APPROVE -> reviews.approve(caller, key, seen, request.comment());
            case REJECT -> reviews.reject(caller, key, seen, request.comment());
            case REOPEN -> reviews.reopen(caller, key, seen);
            case PUBLISH -> publisher.publish(caller, key, seen, items(request.items()));
            case SCHEDULE -> publisher.schedule(caller, key, seen, time(request.publishAt()));
            case ABANDON -> reviews.abandon(caller, key, seen);
            case null -> throw ProblemException.invalidArgument("action", null,
                    "one of request_review, approve, reject, reopen, publish, schedule, abandon");
        };
        return ChangeSetController.answer(HttpStatus.OK, fence.current(), done);
    }

    private static Instant time(@Nullable Instant publishAt) {
        if (publishAt == null) {
            throw ProblemException.invalidArgument("publishAt", null, "when to publish, such as 2026-01-31T12:00:00Z");
        }
        return publishAt;
    }

    private static Set<ItemName> items(@Nullable List<String> names) {
        Set<ItemName> items = new LinkedHashSet<>();
        if (names != null) {
            if (names.isEmpty()) {
                throw ProblemException.invalidArgument("items", "no item",
                        "names of items, or nothing for all of them");
            }
            names.forEach(name -> items.add(new ItemName(name == null ? "" : name)));
        }
        return items;
    }
}
