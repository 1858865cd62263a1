package dev.roster.server.api.registry;

import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.registry.OperatorOverride;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes each instance that operators change to the audit log, as it was before and as it is after. */
@Component
final class ChangeAudit {
    private final AuditLog audit;

    ChangeAudit(AuditLog audit) {
        this.audit = audit;
    }

    void record(Caller caller, Changes changes) {
        changes.changes().forEach(change -> {
            InstanceKey key = change.before().key();
            Map<String, String> target = new LinkedHashMap<>();
            target.put("id", key.id().value());
            target.put("namespace", key.service().namespace().value());
            target.put("service", key.service().name().value());
            target.put("before", state(change.before()));
            target.put("after", state(change.after()));
            audit.record(caller, "instance.change", target, "done");
        });
    }

    private static String state(@Nullable RegisteredInstance instance) {
        if (instance == null) {
            return "removed";
        }
        StringBuilder text = new StringBuilder(64).append(instance.status().label()).append(", weight ")
                .append(instance.weight());
        OperatorOverride override = instance.interventions().override();
        if (override != null && !override.metadata().isEmpty()) {
            text.append(", metadata ").append(override.metadata());
        }
        return text.toString();
    }
}
