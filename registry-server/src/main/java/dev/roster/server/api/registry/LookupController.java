package dev.roster.server.api.registry;

import dev.roster.api.Page;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.Discovery;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstancePage;
import dev.roster.server.registry.SelectedService;
import dev.roster.server.registry.Selection;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
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
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who offers a service. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services/{service}")
final class LookupController {
    private final Discovery discovery;
    private final ReadFence fence;
    private final LongPoll poll;
    private final ExpiryNotice expiry;

    LookupController(Discovery discovery, ReadFence fence, LongPoll poll, ExpiryNotice expiry) {
        this.discovery = discovery;
        this.fence = fence;
        this.poll = poll;
        this.expiry = expiry;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<ServiceInstances> get(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @RequestParam MultiValueMap<String, String> selection,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch,
            ReadOptions options) {
        ServiceKey key = key(namespace, service);
        Selection wanted = InstanceQuery.read(selection);
        Duration patience = LongPoll.read(wait);
        fence.await(options.linearizable(), options.minRevision());
        SelectedService found = discovery.select(caller, key, wanted);
        boolean held = expiry.isHeldBack();
        if (!patience.isZero() && isKnown(tag(found, held), ifNoneMatch)) {
            poll.await(caller, key, found.service().revision(), patience);
            found = discovery.select(caller, key, wanted);
            held = expiry.isHeldBack();
        }
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(found.service().revision()))
                .eTag(tag(found, held))
                .body(RegistryRecords.selected(found, held));
    }

    @GetMapping("/instances")
    @RequiresRole(Role.READER)
    ResponseEntity<Page<Instance>> list(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @RequestParam MultiValueMap<String, String> selection, PageQuery query, ReadOptions options) {
        ServiceKey key = key(namespace, service);
        Selection wanted = InstanceQuery.read(selection);
        InstancePage.Position from = position(query.cursor());
        fence.await(options.linearizable(), from == null
                ? options.minRevision()
                : Math.max(from.revision(), options.minRevision()));
        InstancePage page = discovery.list(caller, key, wanted, query.limit(), from);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(page.revision()))
                .body(new Page<>(page.revision(), page.instances().stream().map(RegistryRecords::instance).toList(),
                        next(page)));
    }

    /** Weak, because the revision in the answer moves on while the service is as it was. */
    private static String tag(SelectedService selected, boolean held) {
        return "W/\"" + selected.service().tag() + (held ? "-held\"" : "\"");
    }

    private static boolean isKnown(String tag, @Nullable String ifNoneMatch) {
        return ifNoneMatch != null && Arrays.stream(ifNoneMatch.split(",")).map(String::strip).anyMatch(tag::equals);
    }

    private static InstancePage.@Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new InstancePage.Position(cursor.revision(), new InstanceId(cursor.after()));
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("cursor", cursor.encode(), "the nextCursor of the page before");
        }
    }

    private static @Nullable String next(InstancePage page) {
        return page.more()
                ? new Cursor(page.revision(), page.instances().getLast().key().id().value()).encode()
                : null;
    }

    private static ServiceKey key(String namespace, String service) {
        return new ServiceKey(new NamespaceName(namespace), new ServiceName(service));
    }
}
