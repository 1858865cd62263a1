package dev.roster.server.config.transfer;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.Release;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.fixture.Vaults;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.security.audit.AuditWriter;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A store with what imports need, and words for what tests do with it. */
abstract class ImportFixture {
    static final Caller EDITOR = Callers.of(Role.EDITOR);
    static final NamespaceName SHOP = new NamespaceName("shop");
    static final NamespaceName OTHER = new NamespaceName("other");

    final LocalStore local = new LocalStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AuditWriter audit = new AuditWriter("a", local.clock, new SecureRandom());
    final SecretVault vault = Vaults.open(local);
    final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters, vault);
    final ConfigImports imports = imports(local.store, releases);
    final ConfigExports exports = new ConfigExports(local.store);

    final ConfigImports imports(Store store, ConfigReleases over) {
        return new ConfigImports(store, over, vault, audit, new SplittableRandom(1)::nextLong, meters);
    }

    @AfterEach
    void close() {
        local.close();
    }

    /** Returns files by path, from pairs. */
    static Map<String, String> files(String... pairs) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            files.put(pairs[i], pairs[i + 1]);
        }
        return files;
    }

    /** Returns the files of a folder by path. */
    static Map<String, String> folder(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    /** Returns what became of an entry. */
    static ImportedItem item(ImportReport report, String entry) {
        return report.items().stream().filter(one -> one.entry().equals(entry)).findFirst().orElseThrow();
    }

    final ImportReport bring(byte[] archive, ImportOptions options) {
        return imports.run(EDITOR, SHOP, archive, options, (phase, done, total) -> {});
    }

    final ImportReport bring(Map<String, String> files) {
        return bring(Zips.of(files), ImportOptions.DEFAULT);
    }

    final Release release(String item) {
        return releases.getRelease(EDITOR, new ItemKey(SHOP, new ItemName(item)));
    }

    final void publish(NamespaceName namespace, String item, DocumentFormat format, String content) {
        ItemKey key = new ItemKey(namespace, new ItemName(item));
        Expectation expected = releases.findRelease(EDITOR, key)
                .<Expectation>map(found -> new Expectation.Version(found.entry().version()))
                .orElse(new Expectation.Absent());
        releases.publish(EDITOR, key, new Publication(format, content, null), expected);
    }

    /** Returns format and content of all items of a namespace, by name. */
    final Map<String, String> state(NamespaceName namespace) {
        ConfigView view = new ConfigView(local.store.view());
        Map<String, String> state = new TreeMap<>();
        for (ItemKey key : view.itemKeys(namespace, null, 100_000)) {
            Release release = view.getRelease(key);
            state.put(key.name().value(), release.entry().format() + " " + release.content());
        }
        return state;
    }

    final byte[] export(NamespaceName namespace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            exports.begin(EDITOR, namespace).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<String> outcomes(ImportReport report) {
        return report.items().stream().map(item -> item.entry() + " " + item.outcome()).toList();
    }
}
