package dev.roster.server.api.registry;

import dev.roster.api.registry.FlapRules;
import dev.roster.api.registry.ServiceDefinition;
import dev.roster.api.registry.ServiceDefinitionRequest;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.ServiceDefinitions;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

/** What is said of a service as a whole. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/services/{service}/definition")
final class DefinitionController {
    private final ServiceDefinitions definitions;
    private final ReadFence fence;

    DefinitionController(ServiceDefinitions definitions, ReadFence fence) {
        this.definitions = definitions;
        this.fence = fence;
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("service.define")
    ResponseEntity<ServiceDefinition> define(Caller caller, @PathVariable String namespace,
            @PathVariable String service, @RequestBody ServiceDefinitionRequest request) {
        ServiceDefinitions.Defined defined = definitions.define(caller, key(namespace, service), read(request));
        return ResponseEntity.status(defined.replaced() ? HttpStatus.OK : HttpStatus.CREATED)
                .header(RevisionHeader.NAME, Long.toString(defined.service().revision()))
                .body(RegistryRecords.present(defined.service()));
    }

    @DeleteMapping
    @RequiresRole(Role.EDITOR)
    @Audited("service.undefine")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String namespace, @PathVariable String service) {
        long revision = definitions.remove(caller, key(namespace, service));
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(revision)).build();
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<ServiceDefinition> get(Caller caller, @PathVariable String namespace, @PathVariable String service,
            ReadOptions options) {
        ServiceKey key = key(namespace, service);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(revision))
                .body(RegistryRecords.present(definitions.get(caller, key)));
    }

    private static dev.roster.server.registry.ServiceDefinition read(ServiceDefinitionRequest sent) {
        Double threshold = sent.protectionThreshold();
        Duration slowStart = sent.slowStart();
        return new dev.roster.server.registry.ServiceDefinition(threshold == null ? 0 : threshold, sent.owner(),
                Boolean.TRUE.equals(sent.persistent()), JsonValues.map("metadata", sent.metadata(), "a string"),
                JsonValues.map("selectors", sent.selectors(), "a filter"),
                slowStart == null ? Duration.ZERO : slowStart, flapping(sent.flapping()));
    }

    private static dev.roster.server.registry.FlapRules flapping(@Nullable FlapRules sent) {
        dev.roster.server.registry.FlapRules usual = dev.roster.server.registry.FlapRules.DEFAULT;
        return sent == null
                ? usual
                : new dev.roster.server.registry.FlapRules(
                        Objects.requireNonNullElse(sent.changes(), usual.changes()),
                        Objects.requireNonNullElse(sent.window(), usual.window()),
                        Objects.requireNonNullElse(sent.quiet(), usual.quiet()));
    }

    private static ServiceKey key(String namespace, String service) {
        return new ServiceKey(new NamespaceName(namespace), new ServiceName(service));
    }
}
