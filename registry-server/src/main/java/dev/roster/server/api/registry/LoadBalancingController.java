package dev.roster.server.api.registry;

import dev.roster.api.registry.LoadBalancingTable;
import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.LoadBalancing;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.AnswersWith;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where callers of a service are to send how much. */
@RestController
final class LoadBalancingController {
    private final LoadBalancing balancing;
    private final PolledAnswers answers;
    private final ReadFence fence;

    LoadBalancingController(LoadBalancing balancing, PolledAnswers answers, ReadFence fence) {
        this.balancing = balancing;
        this.answers = answers;
        this.fence = fence;
    }

    /** Tells tables apart from other answers about the service. */
    private record ForZone(@Nullable String zone) {}

    @GetMapping(path = "/api/v1/namespaces/{namespace}/services/{service}/load-balancing", produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.READER)
    @AnswersWith(LoadBalancingTable.class)
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @RequestParam(name = "zone", required = false) @Nullable String zone,
            @RequestParam(name = "wait", required = false) @Nullable String wait, ReadOptions options,
            HttpServletRequest request) {
        ServiceKey key = new ServiceKey(new NamespaceName(namespace), new ServiceName(service));
        Duration patience = LongPoll.read(wait);
        fence.await(options.linearizable(), options.minRevision());
        return answers.answer(caller, key, new ForZone(zone), patience, request, held -> {
            var table = balancing.table(caller, key, zone);
            return new Fresh(table.service().revision(), LookupController.tag(table.tag(), held), table.changesAt(),
                    RegistryRecords.table(table, held));
        });
    }
}
