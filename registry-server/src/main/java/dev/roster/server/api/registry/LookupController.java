package dev.roster.server.api.registry;

import dev.roster.api.Page;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.api.wire.RegistryRecords;
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
import dev.roster.server.web.AnswersWith;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who offers a service. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services/{service}")
final class LookupController {
    private final Discovery discovery;
    private final ReadFence fence;
    private final PolledAnswers answers;

    LookupController(Discovery discovery, ReadFence fence, PolledAnswers answers) {
        this.discovery = discovery;
        this.fence = fence;
        this.answers = answers;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.READER)
    @AnswersWith(ServiceInstances.class)
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @RequestParam MultiValueMap<String, String> selection,
            @RequestParam(name = "wait", required = false) @Nullable String wait, ReadOptions options,
            HttpServletRequest request) {
        ServiceKey key = key(namespace, service);
        Selection wanted = InstanceQuery.read(selection);
        Duration patience = LongPoll.read(wait);
        fence.await(options.linearizable(), options.minRevision());
        return answers.answer(caller, key, wanted, patience, request, held -> {
            SelectedService found = discovery.select(caller, key, wanted);
            return new Fresh(found.service().revision(), tag(found.service().tag(), held), null,
                    RegistryRecords.selected(found, held));
        });
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
    static String tag(String state, boolean held) {
        return "W/\"" + state + (held ? "-held\"" : "\"");
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
