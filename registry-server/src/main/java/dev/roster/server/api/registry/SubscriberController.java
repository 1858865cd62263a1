package dev.roster.server.api.registry;

import dev.roster.api.registry.ServiceSubscribers;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.subscriber.Audience;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who follows a service, whether or not it exists yet. */
@RestController
final class SubscriberController {
    private static final int DEFAULT_LIMIT = 100;

    private final Audience audience;
    private final ReadFence fence;

    SubscriberController(Audience audience, ReadFence fence) {
        this.audience = audience;
        this.fence = fence;
    }

    @GetMapping("/api/v1/namespaces/{namespace}/services/{service}/subscribers")
    @RequiresRole(Role.READER)
    ResponseEntity<ServiceSubscribers> list(Caller caller, @PathVariable String namespace,
            @PathVariable String service, @RequestParam(name = "limit", required = false) @Nullable String limit) {
        ServiceKey key = new ServiceKey(new NamespaceName(namespace), new ServiceName(service));
        int most = limit == null ? DEFAULT_LIMIT : number(limit);
        long revision = fence.current();
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(revision))
                .body(SubscriberRecords.of(key, revision, audience.list(caller, key, most)));
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= Audience.MAX_SUBSCRIBERS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static ProblemException refused(String text) {
        return ProblemException.invalidArgument("limit", text, "an integer from 1 to " + Audience.MAX_SUBSCRIBERS);
    }
}
