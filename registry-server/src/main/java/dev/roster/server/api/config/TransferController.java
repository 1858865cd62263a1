package dev.roster.server.api.config;

import dev.roster.api.config.ConfigCopyRequest;
import dev.roster.api.config.ConfigImportReport;
import dev.roster.api.config.ConfigImportRun;
import dev.roster.server.config.transfer.ConfigExports;
import dev.roster.server.config.transfer.ConfigImports;
import dev.roster.server.config.transfer.ConflictChoice;
import dev.roster.server.config.transfer.ImportLimits;
import dev.roster.server.config.transfer.ImportOptions;
import dev.roster.server.config.transfer.ImportReport;
import dev.roster.server.config.transfer.ImportRuns;
import dev.roster.server.config.transfer.ImportSource;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Brings many items in and out at once. */
@RestController
final class TransferController {
    private final ConfigImports imports;
    private final ConfigExports exports;
    private final ImportRuns runs;

    TransferController(ConfigImports imports, ConfigExports exports, ImportRuns runs) {
        this.imports = imports;
        this.exports = exports;
        this.runs = runs;
    }

    @PostMapping(path = "/api/v1/namespaces/{namespace}/config-imports", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.import")
    ResponseEntity<ConfigImportReport> receive(Caller caller, @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(defaultValue = "fail") String conflict, @RequestParam(defaultValue = "false") boolean preview,
            @RequestParam(defaultValue = "false") boolean skipMalformed,
            @RequestParam(defaultValue = "false") boolean keepExtensions,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(defaultValue = ImportOptions.DEFAULT_PREFIX) String prefix,
            @RequestParam(required = false) @Nullable String comment, HttpServletRequest request) throws IOException {
        NamespaceName where = new NamespaceName(namespace);
        ImportOptions options = new ImportOptions(
                source == null ? null : choice("source", source, ImportSource.values()),
                choice("conflict", conflict, ConflictChoice.values()), preview, skipMalformed, keepExtensions,
                environment, prefix, comment);
        // One more than is taken, so that what is cut off is noticed.
        byte[] archive = request.getInputStream().readNBytes(ImportLimits.MAX_ARCHIVE_BYTES + 1);
        return answer(runs.run(id, progress -> imports.run(caller, where, archive, options, progress)));
    }

    @GetMapping("/api/v1/config-imports/{id}")
    @RequiresRole(Role.READER)
    ConfigImportRun progress(Caller caller, @PathVariable String id) {
        return ImportRecords.run(runs.get(caller, id));
    }

    @PostMapping(path = "/api/v1/namespaces/{namespace}/config-copies", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.copy")
    ResponseEntity<ConfigImportReport> copy(Caller caller, @PathVariable String namespace,
            @RequestBody ConfigCopyRequest request) {
        NamespaceName to = new NamespaceName(namespace);
        String from = request.from();
        if (from == null) {
            throw ProblemException.invalidArgument("from", null, "the name of a namespace");
        }
        NamespaceName source = new NamespaceName(from);
        ImportOptions options = new ImportOptions(ImportSource.ROSTER, choice(request.conflict()),
                Boolean.TRUE.equals(request.preview()), false, false, null, ImportOptions.DEFAULT_PREFIX,
                request.comment());
        return answer(runs.run(null, progress -> imports.copy(caller, source, to, options, progress)));
    }

    @GetMapping("/api/v1/namespaces/{namespace}/config-export")
    @RequiresRole(Role.READER)
    @Audited("config.export")
    void export(Caller caller, @PathVariable String namespace, HttpServletResponse response) throws IOException {
        NamespaceName where = new NamespaceName(namespace);
        ConfigExports.Export export = exports.begin(caller, where);
        RevisionHeader.set(response, export.revision());
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + where + ".zip\"");
        export.writeTo(response.getOutputStream());
    }

    private static ResponseEntity<ConfigImportReport> answer(ImportReport report) {
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(report.revision()))
                .body(ImportRecords.report(report));
    }

    private static ConflictChoice choice(ConfigCopyRequest.@Nullable Conflict conflict) {
        return switch (conflict) {
            case FAIL -> ConflictChoice.FAIL;
            case SKIP -> ConflictChoice.SKIP;
            case NEW_VERSION -> ConflictChoice.NEW_VERSION;
            case OVERWRITE -> ConflictChoice.OVERWRITE;
            case null -> ConflictChoice.FAIL;
        };
    }

    private static <E extends Enum<E>> E choice(String field, String value, E[] choices) {
        return Arrays.stream(choices).filter(one -> name(one).equals(value)).findFirst()
                .orElseThrow(() -> ProblemException.invalidArgument(field, value, "one of "
                        + Arrays.stream(choices).map(TransferController::name).collect(Collectors.joining(", "))));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
