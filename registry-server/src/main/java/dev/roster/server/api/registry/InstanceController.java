package dev.roster.server.api.registry;

import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.Registered;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One instance of a service. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services/{service}/instances/{id}")
final class InstanceController {
    private final ServiceCatalog catalog;
    private final ReadFence fence;

    InstanceController(ServiceCatalog catalog, ReadFence fence) {
        this.catalog = catalog;
        this.fence = fence;
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    @Audited("instance.register")
    ResponseEntity<Instance> register(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, @RequestBody InstanceRegistration registration) {
        Registered registered = catalog.register(caller, key(namespace, service, id),
                RegistrationReader.read(registration));
        return ResponseEntity.status(registered.replaced() ? HttpStatus.OK : HttpStatus.CREATED)
                .header(RevisionHeader.NAME, Long.toString(registered.instance().revision()))
                .body(RegistryRecords.instance(registered.instance()));
    }

    @PutMapping("/heartbeat")
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> renew(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id) {
        catalog.renew(caller, key(namespace, service, id));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping
    @RequiresRole(Role.APPLICATION)
    @Audited("instance.deregister")
    ResponseEntity<Void> deregister(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id) {
        long revision = catalog.deregister(caller, key(namespace, service, id));
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(revision)).build();
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<Instance> get(Caller caller, @PathVariable String namespace, @PathVariable String service,
            @PathVariable String id, ReadOptions options) {
        InstanceKey key = key(namespace, service, id);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(revision))
                .body(RegistryRecords.instance(catalog.getInstance(caller, key)));
    }

    private static InstanceKey key(String namespace, String service, String id) {
        return new InstanceKey(new ServiceKey(new NamespaceName(namespace), new ServiceName(service)),
                new InstanceId(id));
    }
}
