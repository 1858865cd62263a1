package dev.roster.server.api.registry;

import dev.roster.api.registry.BulkAction;
import dev.roster.api.registry.BulkRequest;
import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.OverrideRequest;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.registry.InstanceAction;
import dev.roster.server.registry.InstanceFilter;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.OperatorActions;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.registry.OperatorOverride;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators decide about instances. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}")
final class OperatorController {
    private final OperatorActions actions;
    private final ChangeAudit audit;
    private final InstantSource clock;

    OperatorController(OperatorActions actions, ChangeAudit audit, InstantSource clock) {
        this.actions = actions;
        this.audit = audit;
        this.clock = clock;
    }

    @PutMapping(path = "/services/{service}/instances/{id}/override", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("instance.override")
    ResponseEntity<BulkResult> override(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, @RequestBody OverrideRequest request) {
        InstanceAction action = new InstanceAction.Overrule(read(caller, request));
        return done(caller, actions.apply(caller, key(namespace, service, id), action));
    }

    @DeleteMapping("/services/{service}/instances/{id}/override")
    @RequiresRole(Role.EDITOR)
    @Audited("instance.release")
    ResponseEntity<BulkResult> release(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id) {
        return done(caller, actions.apply(caller, key(namespace, service, id), new InstanceAction.Release()));
    }

    @PostMapping(path = "/instances/actions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("instance.bulk")
    ResponseEntity<BulkResult> bulk(Caller caller, @PathVariable String namespace, @RequestBody BulkRequest request) {
        NamespaceName where = new NamespaceName(namespace);
        String text = request.filter();
        if (text == null) {
            throw ProblemException.invalidArgument("filter", null, "which instances, such as service == \"orders\"");
        }
        InstanceFilter filter = InstanceFilter.parse("filter", text);
        InstanceAction action = action(caller, request);
        if (!Boolean.TRUE.equals(request.preview())) {
            return done(caller, actions.applyToAll(caller, where, filter, action));
        }
        Changes changes = actions.preview(caller, where, filter, action);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(changes.revision()))
                .body(RegistryRecords.changes(changes, true));
    }

    private ResponseEntity<BulkResult> done(Caller caller, Changes changes) {
        audit.record(caller, changes);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(changes.revision()))
                .body(RegistryRecords.changes(changes, false));
    }

    private InstanceAction action(Caller caller, BulkRequest request) {
        BulkAction action = request.action();
        OverrideRequest override = request.override();
        if (override != null && action != BulkAction.OVERRIDE) {
            throw ProblemException.invalidArgument("override", null, "none unless the action is override");
        }
        return switch (action) {
            case OVERRIDE -> new InstanceAction.Overrule(read(caller, override));
            case RELEASE -> new InstanceAction.Release();
            case REMOVE -> new InstanceAction.Remove();
            case null -> throw ProblemException.invalidArgument("action", null, "one of override, release, remove");
        };
    }

    private OperatorOverride read(Caller caller, @Nullable OverrideRequest sent) {
        if (sent == null) {
            throw ProblemException.invalidArgument("override", null, "what is to count");
        }
        dev.roster.api.registry.InstanceStatus status = sent.status();
        String reason = sent.reason();
        return new OperatorOverride(status == null ? null : RegistrationReader.read(status), sent.weight(),
                JsonValues.map("metadata", sent.metadata(), "a string"), reason == null ? "" : reason, caller.name(),
                clock.instant());
    }

    private static InstanceKey key(String namespace, String service, String id) {
        return new InstanceKey(new ServiceKey(new NamespaceName(namespace), new ServiceName(service)),
                new InstanceId(id));
    }
}
