package dev.roster.server.api.config;

import dev.roster.api.config.ConfigCheck;
import dev.roster.api.config.ConfigFinding;
import dev.roster.api.config.ConfigMetadata;
import dev.roster.api.config.ConfigSchema;
import dev.roster.api.config.ConfigSchemaRequest;
import dev.roster.api.config.PublishRequest;
import dev.roster.server.config.ConfigChecks;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.check.ApplicationMetadatas;
import dev.roster.server.config.check.CheckFinding;
import dev.roster.server.config.check.CheckMismatchException;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.config.check.MetadataSummary;
import dev.roster.server.config.check.SchemaText;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.RequiresRole;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What documents are checked against beyond their format, and what would be said of one. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}")
final class CheckController {
    private final ApplicationMetadatas metadata;
    private final ItemSchemas schemas;
    private final ConfigChecks checks;

    CheckController(ApplicationMetadatas metadata, ItemSchemas schemas, ConfigChecks checks) {
        this.metadata = metadata;
        this.schemas = schemas;
        this.checks = checks;
    }

    @PostMapping(path = "/config-metadata/{application}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.set-metadata")
    ConfigMetadata setMetadata(Caller caller, @PathVariable String namespace, @PathVariable String application,
            @RequestParam(defaultValue = "false") boolean append, @RequestParam(defaultValue = "false") boolean refuse,
            HttpServletRequest request) throws IOException {
        NamespaceName where = new NamespaceName(namespace);
        byte[] body = request.getInputStream().readAllBytes();
        try {
            String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return record(metadata.set(caller, where, application, json, append, refuse));
        } catch (CheckMismatchException e) {
            throw mismatch(e);
        } catch (CharacterCodingException e) {
            throw ProblemException.invalidArgument("metadata", null, "JSON in UTF-8");
        }
    }

    @GetMapping("/config-metadata/{application}")
    @RequiresRole(Role.READER)
    ConfigMetadata getMetadata(Caller caller, @PathVariable String namespace, @PathVariable String application) {
        return record(metadata.get(caller, new NamespaceName(namespace), application));
    }

    @DeleteMapping("/config-metadata/{application}")
    @RequiresRole(Role.EDITOR)
    @Audited("config.remove-metadata")
    ResponseEntity<Void> removeMetadata(Caller caller, @PathVariable String namespace,
            @PathVariable String application) {
        metadata.remove(caller, new NamespaceName(namespace), application);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/configs/{item}/schema")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigSchema> getSchema(Caller caller, @PathVariable String namespace, @PathVariable String item) {
        ItemKey key = ConfigController.key(namespace, item);
        return answer(schemas.get(caller, key.namespace(), key.name().value()));
    }

    @PutMapping(path = "/configs/{item}/schema", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.ADMIN)
    @Audited("config.set-schema")
    ResponseEntity<ConfigSchema> setSchema(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ConfigSchemaRequest request) {
        ItemKey key = ConfigController.key(namespace, item);
        String schema = request.schema();
        if (schema == null) {
            throw ProblemException.invalidArgument("schema", null, "a JSON Schema as a string, empty for none");
        }
        Long seen = VersionTag.expectedVersion(ifMatch);
        try {
            return answer(schemas.set(caller, key.namespace(), key.name().value(), seen == null ? 0 : seen, schema));
        } catch (CheckMismatchException e) {
            throw mismatch(e);
        }
    }

    @PostMapping(path = "/configs/{item}/check", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.READER)
    ConfigCheck check(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestBody PublishRequest request) {
        ItemKey key = ConfigController.key(namespace, item);
        ConfigChecks.Result result = checks.check(caller, key,
                ChangeReader.publication("", request.format(), request.content(), request.comment()));
        return new ConfigCheck(result.publishable(), result.findings().stream().map(CheckController::finding).toList());
    }

    private static ProblemException mismatch(CheckMismatchException e) {
        return new ProblemException(ProblemReport
                .of(ProblemKind.VERSION_MISMATCH, "Of " + e.what() + " number " + e.currentNumber() + " is current")
                .withCurrentVersion(e.currentNumber()));
    }

    private static ConfigMetadata record(MetadataSummary summary) {
        return new ConfigMetadata(summary.application(), summary.number(), summary.properties(), summary.refuses());
    }

    private static ResponseEntity<ConfigSchema> answer(SchemaText schema) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (schema.number() > 0) {
            answer.eTag(VersionTag.of(schema.number()));
        }
        return answer.body(new ConfigSchema(schema.text(), schema.number()));
    }

    private static ConfigFinding finding(CheckFinding finding) {
        ConfigFinding.Kind kind = switch (finding.kind()) {
            case UNKNOWN -> ConfigFinding.Kind.UNKNOWN;
            case WRONG_TYPE -> ConfigFinding.Kind.WRONG_TYPE;
            case DEPRECATED -> ConfigFinding.Kind.DEPRECATED;
            case REMOVED -> ConfigFinding.Kind.REMOVED;
            case SCHEMA -> ConfigFinding.Kind.SCHEMA;
        };
        return new ConfigFinding(kind, finding.line(), finding.column(), finding.path(), finding.problem(),
                finding.expected());
    }
}
