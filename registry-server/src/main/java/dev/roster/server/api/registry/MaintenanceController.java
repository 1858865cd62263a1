package dev.roster.server.api.registry;

import dev.roster.api.Page;
import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.HostMaintenance;
import dev.roster.api.registry.MaintenanceRequest;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.HostMaintenances;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The hosts of a namespace that are being worked on. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/maintenance")
final class MaintenanceController {
    private final HostMaintenances maintenances;
    private final ChangeAudit audit;
    private final ReadFence fence;

    MaintenanceController(HostMaintenances maintenances, ChangeAudit audit, ReadFence fence) {
        this.maintenances = maintenances;
        this.audit = audit;
        this.fence = fence;
    }

    @PutMapping(path = "/{host}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("host.maintain")
    ResponseEntity<BulkResult> begin(Caller caller, @PathVariable String namespace, @PathVariable String host,
            @RequestBody MaintenanceRequest request) {
        String reason = request.reason();
        return done(caller,
                maintenances.begin(caller, new NamespaceName(namespace), host, reason == null ? "" : reason));
    }

    @DeleteMapping("/{host}")
    @RequiresRole(Role.EDITOR)
    @Audited("host.release")
    ResponseEntity<BulkResult> end(Caller caller, @PathVariable String namespace, @PathVariable String host) {
        return done(caller, maintenances.end(caller, new NamespaceName(namespace), host));
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Page<HostMaintenance>> list(Caller caller, @PathVariable String namespace, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        fence.await(options.linearizable(), options.minRevision());
        HostMaintenances.Listing listing = maintenances.list(caller, where);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(listing.revision()))
                .body(new Page<>(listing.revision(), listing.hosts().stream().map(RegistryRecords::maintenance)
                        .filter(Objects::nonNull).toList(), null));
    }

    private ResponseEntity<BulkResult> done(Caller caller, Changes changes) {
        audit.record(caller, changes);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(changes.revision()))
                .body(RegistryRecords.changes(changes, false));
    }
}
