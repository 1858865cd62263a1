package dev.roster.server.api.registry;

import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.StatusRequest;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.registry.InstanceAction;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.InstanceStates;
import dev.roster.server.registry.InstanceStatus;
import dev.roster.server.registry.OperatorActions;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.subscriber.Attendance;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How an instance comes into the traffic and leaves it. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services/{service}/instances/{id}")
final class StateController {

    /** For how long a drain waits that does not say. */
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

    private final InstanceStates states;
    private final OperatorActions actions;
    private final ServiceCatalog catalog;
    private final Drains drains;
    private final ChangeAudit audit;
    private final InstantSource clock;

    StateController(InstanceStates states, OperatorActions actions, ServiceCatalog catalog, Drains drains,
            ChangeAudit audit, InstantSource clock) {
        this.states = states;
        this.actions = actions;
        this.catalog = catalog;
        this.drains = drains;
        this.audit = audit;
        this.clock = clock;
    }

    @PutMapping(path = "/status", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    @Audited("instance.status")
    ResponseEntity<Instance> say(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, @RequestBody StatusRequest request) {
        InstanceKey key = key(namespace, service, id);
        dev.roster.api.registry.InstanceStatus status = request.status();
        if (status == null) {
            throw ProblemException.invalidArgument("status", null,
                    "one of up, warning, starting, draining, out_of_service, down");
        }
        RegisteredInstance instance = states.say(caller, key, RegistrationReader.read(status));
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(instance.revision()))
                .body(RegistryRecords.instance(instance));
    }

    @PostMapping("/drain")
    @RequiresRole(Role.APPLICATION)
    @Audited("instance.drain")
    ResponseEntity<DrainResult> drain(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, @RequestParam(name = "wait", required = false) @Nullable String wait,
            @RequestParam(name = "override", required = false) @Nullable String override,
            @RequestParam(name = "reason", required = false) @Nullable String reason) {
        InstanceKey key = key(namespace, service, id);
        Duration patience = wait == null ? DEFAULT_WAIT : LongPoll.read(wait);
        boolean byOperator = isOverride(override);
        if (reason != null && !byOperator) {
            throw ProblemException.invalidArgument("reason", reason, "none unless override=true");
        }
        if (byOperator) {
            caller.require(Role.EDITOR);
        }
        AtomicReference<RegisteredInstance> drained = new AtomicReference<>();
        Attendance late = drains.drain(caller, key, () -> {
            RegisteredInstance instance = byOperator
                    ? overrule(caller, key, reason == null ? "" : reason)
                    : states.say(caller, key, InstanceStatus.DRAINING);
            drained.set(instance);
            return instance.revision();
        }, patience);
        RegisteredInstance instance = drained.get();
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(instance.revision()))
                .body(SubscriberRecords.drained(instance, late));
    }

    private RegisteredInstance overrule(Caller caller, InstanceKey key, String reason) {
        Changes changes = actions.apply(caller, key, new InstanceAction.Drain(reason, caller.name(), clock.instant()));
        audit.record(caller, changes);
        RegisteredInstance after = changes.changes().isEmpty() ? null : changes.changes().getFirst().after();
        return after == null ? catalog.getInstance(caller, key) : after;
    }

    private static boolean isOverride(@Nullable String override) {
        return switch (override) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw ProblemException.invalidArgument("override", override, "true or false");
        };
    }

    private static InstanceKey key(String namespace, String service, String id) {
        return new InstanceKey(new ServiceKey(new NamespaceName(namespace), new ServiceName(service)),
                new InstanceId(id));
    }
}
