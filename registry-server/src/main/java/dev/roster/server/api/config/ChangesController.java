package dev.roster.server.api.config;

import dev.roster.api.config.ChangedConfig;
import dev.roster.api.config.ConfigChanges;
import dev.roster.api.config.ConfigChangesRequest;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Published;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Changes of many items that are made together or not at all. */
@RestController
final class ChangesController {
    private final ConfigReleases releases;

    ChangesController(ConfigReleases releases) {
        this.releases = releases;
    }

    @PostMapping(path = "/api/v1/namespaces/{namespace}/config-changes", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.change-many")
    ResponseEntity<ConfigChanges> change(Caller caller, @PathVariable String namespace,
            @RequestBody ConfigChangesRequest request) {
        NamespaceName where = new NamespaceName(namespace);
        List<Published> made = releases.apply(caller, ChangeReader.changes(where, request.changes()));
        long revision = made.getFirst().release().entry().revision();
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(revision))
                .body(new ConfigChanges(revision, made.stream().map(ChangesController::changed).toList()));
    }

    private static ChangedConfig changed(Published published) {
        ReleaseEntry entry = published.release().entry();
        return new ChangedConfig(published.release().item().name().value(), ConfigRecords.version(entry));
    }
}
