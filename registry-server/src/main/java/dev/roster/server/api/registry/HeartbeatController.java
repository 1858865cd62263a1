package dev.roster.server.api.registry;

import dev.roster.api.registry.CheckReportRequest;
import dev.roster.api.registry.HeartbeatRequest;
import dev.roster.api.registry.HeartbeatResult;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.registry.CheckId;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What instances say of themselves again and again. */
@RestController
final class HeartbeatController {
    private final ServiceCatalog catalog;
    private final InstanceHealth health;

    HeartbeatController(ServiceCatalog catalog, InstanceHealth health) {
        this.catalog = catalog;
        this.health = health;
    }

    @PostMapping(path = "/api/v1/heartbeats", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    HeartbeatResult renew(Caller caller, @RequestBody HeartbeatRequest request) {
        List<HeartbeatRequest.Target> targets = JsonValues.list("instances", request.instances(), "an object");
        if (targets.isEmpty()) {
            throw ProblemException.invalidArgument("instances", null, "at least one instance");
        }
        List<InstanceKey> missing = catalog.renew(caller, targets.stream().map(HeartbeatController::key).toList());
        return new HeartbeatResult(missing.stream().map(RegistryRecords::name).toList());
    }

    @PutMapping(path = "/api/v1/namespaces/{namespace}/services/{service}/instances/{id}/checks/{check}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> report(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, @PathVariable String check, @RequestBody CheckReportRequest request) {
        InstanceKey instance = new InstanceKey(
                new ServiceKey(new NamespaceName(namespace), new ServiceName(service)), new InstanceId(id));
        String output = request.output();
        health.report(caller, instance, new CheckId(check), CheckReader.status("status", request.status()),
                output == null ? "" : output);
        return ResponseEntity.noContent().build();
    }

    private static InstanceKey key(HeartbeatRequest.Target target) {
        String namespace = target.namespace();
        String service = target.service();
        String id = target.id();
        if (service == null) {
            throw ProblemException.invalidArgument("instances.service", null, "the name of a service");
        }
        if (id == null) {
            throw ProblemException.invalidArgument("instances.id", null, "the id of an instance");
        }
        return new InstanceKey(
                new ServiceKey(namespace == null ? NamespaceName.DEFAULT : new NamespaceName(namespace),
                        new ServiceName(service)),
                new InstanceId(id));
    }
}
