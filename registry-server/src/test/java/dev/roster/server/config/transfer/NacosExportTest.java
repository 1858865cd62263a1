package dev.roster.server.config.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exports of Nacos: our own examples, in both forms, and any others, zips or folders, whose paths are given by
 * {@code -Droster.import.nacos-exports}, parted by commas.
 */
class NacosExportTest extends ImportFixture {
    private static final String GIVEN = System.getProperty("roster.import.nacos-exports", "");

    private static final String NEW_FORM = ".metadata.yml";
    private static final String OLD_FORM = ".meta.yml";

    private final ItemNotes notes = new ItemNotes(local.store);

    /** An export, and the files in it by path. */
    private record Export(String name, byte[] archive, Map<String, String> files) {
        static Export of(String name, Map<String, String> files) {
            return new Export(name, Zips.of(files), files);
        }

        static Export read(Path path) {
            try {
                if (Files.isDirectory(path)) {
                    return of(path.toString(), folder(path));
                }
                byte[] archive = Files.readAllBytes(path);
                Map<String, String> files = new LinkedHashMap<>();
                for (ArchiveEntry entry : ZipArchive.read(archive)) {
                    files.put(entry.path(), entry.text(ImportLimits.MAX_DOCUMENT_BYTES));
                }
                return new Export(path.toString(), archive, files);
            } catch (IOException e) {
                throw new IllegalArgumentException(path + " is no export", e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Map<String, String> example() {
        try {
            return folder(Path.of(Objects.requireNonNull(NacosExportTest.class.getResource("nacos2")).toURI()));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Nacos 1 writes it: an application that is named is named by a line of the description, which else is not there. */
    private static Map<String, String> inOldForm(Map<String, String> files, String... described) {
        Map<String, String> old = new LinkedHashMap<>(files);
        old.remove(NEW_FORM);
        if (described.length > 0) {
            old.put(OLD_FORM, String.join("\r\n", described) + "\r\n");
        }
        return old;
    }

    static Stream<Export> exports() {
        Map<String, String> example = example();
        return Stream.concat(
                Stream.of(Export.of("Nacos 2", example),
                        Export.of("Nacos 1", inOldForm(example, "DEFAULT_GROUP.orders~yaml.app=orders")),
                        Export.of("Nacos 1 without applications", inOldForm(example))),
                Arrays.stream(GIVEN.split(",")).filter(path -> !path.isBlank()).map(Path::of).map(Export::read));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exports")
    void everyDocumentIsThereAndComesBack(Export export) {
        ImportReport preview = bring(export.archive(), ImportOptions.DEFAULT.asPreview());
        assertThat(preview.source()).isEqualTo(ImportSource.NACOS);
        assertThat(state(SHOP)).isEmpty();

        ImportReport report = bring(export.archive(), ImportOptions.DEFAULT.skippingMalformed());

        assertThat(outcomes(report)).isEqualTo(outcomes(preview));
        for (ImportedItem item : report.items()) {
            if (item.outcome() == Outcome.CREATED) {
                String document = export.files().get(item.entry());
                assertThat(state(SHOP)).as(item.entry()).containsEntry(item.name(), item.format() + " "
                        + (document.startsWith("\ufeff") ? document.substring(1) : document));
            } else if (item.outcome() == Outcome.MALFORMED) {
                assertThat(item.flaw()).as(item.entry()).isNotNull();
            }
        }
        assertThat(report.count(Outcome.CREATED) + report.count(Outcome.IGNORED) + report.count(Outcome.MALFORMED))
                .isEqualTo(report.items().size()).isGreaterThanOrEqualTo(export.files().size());
        imports.run(EDITOR, OTHER, export(SHOP), ImportOptions.DEFAULT, (phase, done, total) -> {});
        assertThat(state(OTHER)).isEqualTo(state(SHOP)).hasSize((int) report.count(Outcome.CREATED));
    }

    @Test
    void namesFormatsAndDescriptionsAreThoseOfNacos() {
        Map<String, String> files = example();

        ImportReport report = bring(files);

        assertThat(report.count(Outcome.CREATED)).isEqualTo(8);
        assertThat(report.count(Outcome.MALFORMED)).isZero();
        assertThat(state(SHOP))
                .isEqualTo(new TreeMap<>(Map.of("orders", "YAML " + files.get("DEFAULT_GROUP/orders.yaml"),
                        "orders-prod", "YAML " + files.get("DEFAULT_GROUP/orders-prod.yaml"), "SHARED.limits",
                        "JSON " + files.get("SHARED/limits"), "SHARED.datasource",
                        "PROPERTIES " + files.get("SHARED/datasource.properties"), "welcome.html",
                        "TEXT " + files.get("DEFAULT_GROUP/welcome.html"), "flow_rules",
                        "TEXT " + files.get("DEFAULT_GROUP/flow_rules.txt"), "gateway-dev",
                        "YAML " + files.get("DEFAULT_GROUP/gateway-dev.yml"), "SENTINEL_GROUP.gateway-flow-rules",
                        "TEXT " + files.get("SENTINEL_GROUP/gateway-flow-rules"))));
        assertThat(description("orders")).isEqualTo("Aufträge");
        assertThat(description("SHARED.limits")).isEqualTo("限流规则");
        assertThat(List.of("orders-prod", "gateway-dev", "welcome.html")).allMatch(name -> description(name) == null);
    }

    private String description(String item) {
        return notes.get(EDITOR, new ItemKey(SHOP, new ItemName(item))).description();
    }

    @Test
    void theExtensionCountsWhereNothingIsSaid() {
        bring(files("DEFAULT_GROUP/orders.yaml", "a: 1\n", "G/rules", "text", ".meta.yml",
                "DEFAULT_GROUP.orders~yaml.app=orders\r\n"));

        assertThat(state(SHOP)).isEqualTo(Map.of("orders", "YAML a: 1\n", "G.rules", "TEXT text"));
    }

    @Test
    void aTreeWithOtherFilesIsNoExport() {
        assertThat(preview(files("DEFAULT_GROUP/a.yaml", "a: 1\n", "README.md", "")).source())
                .isEqualTo(ImportSource.FILES);
        assertThat(preview(files("team/a.yaml", "a: 1\n")).source()).isEqualTo(ImportSource.FILES);
    }

    @Test
    void tellsWhatIsMalformedByNameAndLineAndGoesOnWithoutItWhenTold() {
        byte[] archive = Zips.of(files("DEFAULT_GROUP/good.yaml", "a: 1\n", "DEFAULT_GROUP/tab.yaml", "a:\n\tb: 1\n",
                "DEFAULT_GROUP/twice.yaml", "a: 1\nb: 2\na: 3\n", "DEFAULT_GROUP/filtered.yaml",
                "spring:\n  profiles:\n    active: @profile@\n", "DEFAULT_GROUP/half.json", "[\n{\"a\": 1},\n]",
                ".metadata.yml", """
                        metadata:
                        - {dataId: good.yaml, group: DEFAULT_GROUP, type: yaml}
                        - {dataId: tab.yaml, group: DEFAULT_GROUP, type: yaml}
                        - {dataId: twice.yaml, group: DEFAULT_GROUP, type: text}
                        - {dataId: filtered.yaml, group: DEFAULT_GROUP, type: yaml}
                        - {dataId: half.json, group: DEFAULT_GROUP, type: json}
                        """));

        assertThatThrownBy(() -> bring(archive, ImportOptions.DEFAULT)).isInstanceOf(MalformedImportException.class);
        assertThat(state(SHOP)).isEmpty();
        ImportReport report = bring(archive, ImportOptions.DEFAULT.skippingMalformed());

        assertThat(state(SHOP)).isEqualTo(Map.of("good", "YAML a: 1\n"));
        assertThat(line(report, "DEFAULT_GROUP/tab.yaml")).isEqualTo(2);
        assertThat(line(report, "DEFAULT_GROUP/twice.yaml")).isEqualTo(3);
        assertThat(line(report, "DEFAULT_GROUP/filtered.yaml")).isEqualTo(3);
        assertThat(line(report, "DEFAULT_GROUP/half.json")).isEqualTo(1);
    }

    private static Integer line(ImportReport report, String entry) {
        return item(report, entry).flaw().line();
    }

    @Test
    void saysWhatOfAnExportDoesNotFit() {
        ImportReport report = preview(files(".metadata.yml",
                "metadata:\n- {dataId: a.yaml, group: G, type: json}\n- {dataId: gone, group: G, type: text}\n"
                        + "- {dataId: long.yaml, group: G, desc: "
                        + "x".repeat(ItemDetails.MAX_DESCRIPTION_CHARACTERS + 1)
                        + "}\n",
                "G/a.yaml", "a: 1\n", "G/extra.yaml", "a: 1\n", "G/x/y.yaml", "a: 1\n", "top.yaml", "a: 1\n",
                "G/a:b.yaml", "a: 1\n", "G/long.yaml", "a: 1\n"));

        assertThat(report.count(Outcome.MALFORMED)).isEqualTo(7);
        assertThat(line(report, "G/a.yaml")).isEqualTo(1);
        assertThat(item(report, "G/extra.yaml").flaw().problem()).isEqualTo("is not described");
        assertThat(item(report, "G/x/y.yaml").flaw().problem()).isEqualTo("is in no group");
        assertThat(item(report, "top.yaml").flaw().problem()).isEqualTo("is in no group");
        assertThat(item(report, "G/gone").flaw().problem()).isEqualTo("is described, but missing");
        assertThat(item(report, "G/long.yaml").flaw().problem()).startsWith("has the description xxx");
        assertThatThrownBy(() -> bring(files(".metadata.yml", "metadata:\n\t- a"))).isInstanceOf(
                UnusableArchiveException.class).hasMessageContaining(".metadata.yml is no YAML: line 2");
    }

    private ImportReport preview(Map<String, String> files) {
        return bring(Zips.of(files), ImportOptions.DEFAULT.asPreview());
    }
}
