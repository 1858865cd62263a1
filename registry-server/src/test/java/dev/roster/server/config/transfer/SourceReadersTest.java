package dev.roster.server.config.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exports of others become. */
class SourceReadersTest extends ImportFixture {

    private static byte[] resource(String name) {
        try (InputStream file = SourceReadersTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsExtensionsIfTold() {
        ImportOptions keep = new ImportOptions(null, ConflictChoice.FAIL, false, false, true, null, "config", "moved");

        bring(Zips.of(files("DEFAULT_GROUP/a.yaml", "a: 1", "DEFAULT_GROUP/a.json", "{}", ".meta.yml", "")), keep);

        assertThat(state(SHOP)).containsOnlyKeys("a.yaml", "a.json");
        assertThat(release("a.yaml").entry().comment()).isEqualTo("moved");
    }

    @Test
    void importsAnExportOfApollo() {
        byte[] archive = Zips.of(files("apollo/orders/app.metadata", "{}", "apollo/orders/DEV/default.cluster.metadata",
                "{}", "orders+shared.common.appnamespace.metadata",
                "{\"name\":\"shared.common\",\"appId\":\"orders\",\"format\":\"properties\",\"isPublic\":true}",
                "orders+redis.yml.appnamespace.metadata", "{\"name\":\"redis.yml\",\"isPublic\":false}",
                "apollo/orders/DEV/orders+default+application.properties", "# Aufträge\npage = 20\n",
                "apollo/orders/DEV/orders+east+application.properties", "page = 30\n",
                "apollo/orders/DEV/orders+default+redis.yml", "host: redis\n",
                "apollo/orders/DEV/orders+default+shared.common.properties", "zone = a\n",
                "apollo/orders/PRO/orders+default+application.properties", "page = 100\n"));

        assertThatThrownBy(() -> bring(archive, ImportOptions.DEFAULT)).isInstanceOf(UnusableArchiveException.class)
                .hasMessage("the archive has the environments DEV, PRO, expected environment to be one of DEV, PRO");
        ImportReport report = bring(archive, inEnvironment("DEV"));

        assertThat(report.source()).isEqualTo(ImportSource.APOLLO);
        assertThat(state(SHOP)).isEqualTo(new TreeMap<>(Map.of("orders", "PROPERTIES # Aufträge\npage = 20\n",
                "orders-east", "PROPERTIES page = 30\n", "orders.redis", "YAML host: redis\n", "shared.common",
                "PROPERTIES zone = a\n")));
        assertThat(report.count(Outcome.IGNORED)).isEqualTo(5);
        assertThatThrownBy(() -> bring(archive, inEnvironment("UAT"))).hasMessageContaining("has no environment UAT");
    }

    private static ImportOptions inEnvironment(String environment) {
        return new ImportOptions(null, ConflictChoice.FAIL, false, false, false, environment, "config", null);
    }

    @Test
    void importsSingleNamespacesOfApollo() {
        ImportReport report = bring(Zips.of(files("orders+default+application.yml", "a: 1\n", "orders+x.yml", "")),
                ImportOptions.DEFAULT.asPreview());

        assertThat(outcomes(report)).containsExactly("orders+default+application.yml CREATED",
                "orders+x.yml MALFORMED");
        assertThat(report.items().getFirst().name()).isEqualTo("orders");
    }

    @Test
    void importsAnExportOfConsul() {
        assertThatThrownBy(() -> bring(resource("consul.json"), ImportOptions.DEFAULT))
                .isInstanceOf(MalformedImportException.class);
        ImportReport report = bring(resource("consul.json"), ImportOptions.DEFAULT.skippingMalformed());

        assertThat(report.source()).isEqualTo(ImportSource.CONSUL);
        assertThat(item(report, "config/bin/data").flaw()).satisfies(flaw -> assertThat(flaw.line()).isEqualTo(58));
        assertThat(item(report, "vault/core/lock").outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(state(SHOP)).containsOnlyKeys("application", "orders", "orders-prod", "billing-prod", "stock");
        assertThat(state(SHOP)).containsEntry("orders-prod", "PROPERTIES pool.size=10\npool.name=main\n")
                .containsEntry("application", "YAML logging:\n  level: info\n");
        assertThat(release("stock").entry().format()).isEqualTo(DocumentFormat.PROPERTIES);
        assertThat(DocumentProperties.read(DocumentFormat.PROPERTIES, release("stock").content()).properties())
                .extracting(DocumentProperty::path, DocumentProperty::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("greeting", " Hällo\n="),
                        org.assertj.core.groups.Tuple.tuple("pool.size", "12"));
    }

    @Test
    void saysWhereAnExportOfConsulIsBroken() {
        for (String json : List.of("[{]", "[1]", "[{\"key\": \"a\"} 2]", "[{\"a\": 1, \"a\": 2}]", "[", "[] []")) {
            assertThatThrownBy(() -> bring(json.getBytes(StandardCharsets.UTF_8), ImportOptions.DEFAULT)).as(json)
                    .isInstanceOf(UnusableArchiveException.class)
                    .hasMessageContaining("is no export of Consul: line 1, column");
        }
        assertThat(outcomes(bring("[{\"flags\": 0}, {\"key\": \"config/alone\", \"value\": \"\"}]"
                .getBytes(StandardCharsets.UTF_8), ImportOptions.DEFAULT.asPreview()))).containsExactly(" MALFORMED",
                        "config/alone MALFORMED");
        assertThatThrownBy(() -> bring("a: 1".getBytes(StandardCharsets.UTF_8), ImportOptions.DEFAULT))
                .hasMessageContaining("is no zip file");
        assertThatThrownBy(() -> bring(new byte[]{(byte) 0xFF}, ImportOptions.DEFAULT.with(ImportSource.CONSUL)))
                .hasMessageContaining("is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"'',application,application", "'',orders-prod,orders-prod", "orders,application,orders",
            "orders,application-prod,orders-prod", "orders,orders-prod,orders-prod", "orders,orders,orders",
            "team/orders,application,team.orders", "team/orders,orders-prod,team.orders-prod",
            "shared,limits,shared.limits", "a/b,c,a.b.c", "orders,ordersx,orders.ordersx"})
    void namesFilesOfATreeByTheirFolders(String folder, String stem, String name) {
        assertThat(FilesReader.name(folder, stem)).isEqualTo(name);
    }

    @Test
    void takesWhatIsSaidForTheSource() {
        ImportReport report = bring(Zips.of(files("DEFAULT_GROUP/a.yaml", "a: 1", ".meta.yml", "")),
                ImportOptions.DEFAULT.with(ImportSource.FILES));

        assertThat(outcomes(report)).containsExactly("DEFAULT_GROUP/a.yaml CREATED", ".meta.yml IGNORED");
    }

    @Test
    void leavesOutAByteOrderMarkOfOthers() {
        bring(files("a.yml", "\ufeffa: 1\n"));

        assertThat(release("a").content()).isEqualTo("a: 1\n");
    }
}
