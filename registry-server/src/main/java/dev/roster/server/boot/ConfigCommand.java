package dev.roster.server.boot;

import dev.roster.api.config.ConfigImportItem;
import dev.roster.api.config.ConfigImportReport;
import dev.roster.api.config.ConfigImportRun;
import dev.roster.server.cluster.BackupFile;
import dev.roster.server.config.transfer.ArchivePath;
import dev.roster.server.config.transfer.ImportException;
import dev.roster.server.config.transfer.ImportLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Brings the configuration of a namespace from a running server into a folder or a zip, and back, or from others' exports. */
final class ConfigCommand {
    static final List<String> OPTIONS = List.of("url", "user", "password-file", "token-file", "namespace", "source",
            "conflict", "preview", "skip-malformed", "keep-extensions", "environment", "prefix", "comment",
            "overwrite");

    /** Enumerations are in lower case on the wire. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final Map<String, String> options;
    private final ServerConnection server;
    private final PrintStream progress;

    /**
     * Makes the command.
     *
     * @param progress told how far it has come
     */
    ConfigCommand(Map<String, String> options, PrintStream progress) {
        this.options = options;
        this.server = new ServerConnection(options);
        this.progress = progress;
    }

    /** Tells whether these words are an action of the command. */
    static boolean isAction(List<String> words) {
        return words.size() == 2 && List.of("export", "import").contains(words.getFirst());
    }

    /** Returns what to say when it is done. */
    String run(List<String> words) throws IOException, OperatorCommand.Refused {
        Path path = Path.of(words.getLast());
        return words.getFirst().equals("export") ? export(path) : bring(path);
    }

    private String namespace() {
        return URLEncoder.encode(options.getOrDefault("namespace", "default"), StandardCharsets.UTF_8);
    }

    private String export(Path target) throws IOException, OperatorCommand.Refused {
        boolean overwrite = Boolean.parseBoolean(options.getOrDefault("overwrite", "false"));
        boolean zip = target.toString().endsWith(".zip");
        if (!overwrite && (zip ? Files.exists(target) : isFilled(target))) {
            throw new OperatorCommand.Refused(target + (zip ? " is there already" : " is no empty folder")
                    + ". Give another name, or --overwrite=true to write into it.");
        }
        try (InputStream body = server.get("/api/v1/namespaces/" + namespace() + "/config-export")) {
            if (zip) {
                Path written = Files.createTempFile(target.toAbsolutePath().getParent(), target.getFileName() + ".",
                        ".tmp");
                try {
                    try (OutputStream output = Files.newOutputStream(written)) {
                        body.transferTo(output);
                    }
                    BackupFile.moveDurably(written, target.toAbsolutePath().normalize());
                } finally {
                    Files.deleteIfExists(written);
                }
                return target + ": " + Files.size(target) + " bytes";
            }
            return target + ": " + unpack(body, target) + " files";
        }
    }

    private static boolean isFilled(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    private static int unpack(InputStream body, Path folder) throws IOException, OperatorCommand.Refused {
        Files.createDirectories(folder);
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(body, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                try {
                    ArchivePath.check(entry.getName());
                } catch (ImportException e) {
                    throw new OperatorCommand.Refused("The server sent a zip that is refused: " + e.getMessage());
                }
                try (OutputStream output = Files.newOutputStream(folder.resolve(entry.getName()))) {
                    zip.transferTo(output);
                }
                count++;
            }
        }
        return count;
    }

    private String bring(Path source) throws IOException, OperatorCommand.Refused {
        byte[] archive = archive(source);
        String id = "cli-" + UUID.randomUUID();
        StringBuilder path = new StringBuilder("/api/v1/namespaces/").append(namespace())
                .append("/config-imports?id=").append(id);
        parameter(path, "source", "source");
        parameter(path, "conflict", "conflict");
        parameter(path, "preview", "preview");
        parameter(path, "skip-malformed", "skipMalformed");
        parameter(path, "keep-extensions", "keepExtensions");
        parameter(path, "environment", "environment");
        parameter(path, "prefix", "prefix");
        parameter(path, "comment", "comment");
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("config-import").start(() -> {
            try (InputStream body = server.send("POST", path.toString(), archive)) {
                answer.complete(body.readAllBytes());
            } catch (IOException | OperatorCommand.Refused | RuntimeException e) {
                // Of another thread, which throws it to the caller.
                answer.completeExceptionally(e);
            }
        });
        return table(JSON.readValue(await(answer, id), ConfigImportReport.class));
    }

    private void parameter(StringBuilder path, String option, String name) {
        String value = options.get(option);
        if (value != null) {
            path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private byte[] await(CompletableFuture<byte[]> answer, String id) throws IOException, OperatorCommand.Refused {
        String told = "";
        while (true) {
            try {
                return answer.get(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                String now = progress(id);
                if (!now.equals(told)) {
                    progress.println(now);
                    told = now;
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case OperatorCommand.Refused refused -> throw refused;
                    case IOException failed -> throw failed;
                    case null, default -> throw new IOException(e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Behind a load balancer another member may be asked, which knows nothing of it. */
    private String progress(String id) throws IOException {
        try (InputStream body = server.get("/api/v1/config-imports/" + id)) {
            ConfigImportRun run = JSON.readValue(body.readAllBytes(), ConfigImportRun.class);
            return switch (run.phase()) {
                case READING -> "roster: documents are read and checked";
                case STORING -> "roster: part " + run.done() + " of " + run.total() + " is stored";
                case DONE, FAILED -> "roster: waiting for the answer";
            };
        } catch (OperatorCommand.Refused e) {
            return "roster: the archive is sent";
        }
    }

    private static byte[] archive(Path source) throws IOException, OperatorCommand.Refused {
        if (Files.isDirectory(source)) {
            return FolderArchive.pack(source);
        }
        if (!Files.isRegularFile(source)) {
            throw new OperatorCommand.Refused("There is no file or folder " + source + ".");
        }
        if (Files.size(source) > ImportLimits.MAX_ARCHIVE_BYTES) {
            throw new OperatorCommand.Refused(
                    source + " has more than " + ImportLimits.MAX_ARCHIVE_BYTES + " bytes. Import it in parts.");
        }
        return Files.readAllBytes(source);
    }

    private static String table(ConfigImportReport report) {
        List<String> lines = new ArrayList<>();
        for (ConfigImportItem item : report.items()) {
            if (item.outcome() == ConfigImportItem.Outcome.MALFORMED
                    || item.outcome() == ConfigImportItem.Outcome.CONFLICT
                    || (report.preview() && item.outcome() != ConfigImportItem.Outcome.UNCHANGED)) {
                lines.add("%-10s %-40s %s".formatted(item.outcome().name().toLowerCase(Locale.ROOT),
                        item.entry() + (item.line() == null ? "" : ":" + item.line()),
                        item.problem() == null ? item.name() == null ? "" : item.name() : item.problem())
                        .stripTrailing());
            }
        }
        lines.add(
                "%s from %s into %s: %d created, %d changed, %d unchanged, %d skipped, %d conflicting, %d malformed, %d ignored"
                        .formatted(report.preview() ? "preview" : "imported",
                                report.source().name().toLowerCase(Locale.ROOT), report.namespace(),
                                report.created(), report.changed(), report.unchanged(), report.skipped(),
                                report.conflicting(), report.malformed(), report.ignored()));
        return String.join("\n", lines);
    }
}
