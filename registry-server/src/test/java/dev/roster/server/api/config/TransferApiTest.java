package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigImportItem;
import dev.roster.api.config.ConfigImportReport;
import dev.roster.api.config.ConfigImportRun;
import dev.roster.api.config.ConfigItem;
import dev.roster.server.ServerTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class TransferApiTest extends ServerTest {
    private static final String BASE = "/api/v1/namespaces/";

    private static byte[] zip(String... pairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < pairs.length; i += 2) {
                zip.putNextEntry(new ZipEntry(pairs[i]));
                zip.write(pairs[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private HttpRequest.Builder bytes(String path, byte[] body) {
        return asAdmin(BASE + path).header("Content-Type", "application/octet-stream").method("POST",
                BodyPublishers.ofByteArray(body));
    }

    @Test
    void importsAndTellsHowFarItCame() {
        byte[] archive = zip("orders.yml", "a: 1\n", "README.md", "");

        HttpResponse<String> preview = send(bytes("import-1/config-imports?preview=true&id=first", archive));
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(read(preview, ConfigImportReport.class)).satisfies(report -> {
            assertThat(report.preview()).isTrue();
            assertThat(report.created()).isEqualTo(1);
            assertThat(report.ignored()).isEqualTo(1);
        });
        assertThat(send(asAdmin(BASE + "import-1/configs/orders")).statusCode()).isEqualTo(404);

        ConfigImportReport report = read(send(bytes("import-1/config-imports?comment=moved&id=first", archive)),
                ConfigImportReport.class);
        assertThat(report.source()).isEqualTo(ConfigImportReport.Source.FILES);
        assertThat(report.items().getFirst())
                .isEqualTo(new ConfigImportItem("orders.yml", "orders", ConfigImportItem.Outcome.CREATED,
                        dev.roster.api.config.ConfigFormat.YAML, 1L, null, null, null, null));
        assertThat(read(send(asAdmin(BASE + "import-1/configs/orders")), ConfigItem.class).comment())
                .isEqualTo("moved");
        assertThat(read(send(asAdmin("/api/v1/config-imports/first")), ConfigImportRun.class).phase())
                .isEqualTo(ConfigImportRun.Phase.DONE);
        assertProblem(send(asAdmin("/api/v1/config-imports/none")), 404, "not-found");
    }

    @Test
    void saysWhichEntryIsWrongAndWhere() {
        Problem malformed = assertProblem(send(bytes("import-2/config-imports?id=second",
                zip("a.yml", "a: 1\n b: 2\n", "ok.yml", "a: 1\n"))), 400, "invalid-document");
        assertThat(malformed.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("a.yml");
            assertThat(violation.line()).isEqualTo(2);
        });
        assertThat(read(send(asAdmin("/api/v1/config-imports/second")), ConfigImportRun.class).phase())
                .isEqualTo(ConfigImportRun.Phase.FAILED);
        Problem traversal = assertProblem(send(bytes("import-2/config-imports", zip("../a.yml", "a: 1\n"))), 400,
                "invalid-document");
        assertThat(traversal.detail()).startsWith("../a.yml ");

        read(send(bytes("import-2/config-imports", zip("ok.yml", "a: 1\n"))), ConfigImportReport.class);
        Problem conflict = assertProblem(send(bytes("import-2/config-imports", zip("ok.yml", "a: 2\n"))), 409,
                "conflict");
        assertThat(conflict.violations()).singleElement().satisfies(one -> assertThat(one.field()).isEqualTo("ok.yml"));
        assertThat(read(send(bytes("import-2/config-imports?conflict=new_version", zip("ok.yml", "a: 2\n"))),
                ConfigImportReport.class).changed()).isEqualTo(1);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        byte[] archive = zip();
        assertProblem(send(bytes("import-3/config-imports?source=git", archive)), 400, "invalid-argument");
        assertProblem(send(bytes("import-3/config-imports?conflict=maybe", archive)), 400, "invalid-argument");
        assertProblem(send(bytes("import-3/config-imports?preview=perhaps", archive)), 400, "invalid-argument");
        assertProblem(send(bytes("import-3/config-imports?id=a%20b", archive)), 400, "invalid-argument");
        assertProblem(send(json(asAdmin(BASE + "import-3/config-copies"), "POST", "{}")), 400, "invalid-argument");
        assertProblem(send(json(asAdmin(BASE + "import-3/config-imports"), "POST", "{}")), 415,
                "unsupported-media-type");
        assertProblem(send(bytes("import-3/config-imports", new byte[33 * 1024 * 1024])), 400, "invalid-document");
    }

    @Test
    void exportsAndCopies() {
        read(send(bytes("import-4/config-imports", zip("a.yml", "a: 1\n", "b.json", "{}"))), ConfigImportReport.class);

        HttpResponse<String> export = send(asAdmin(BASE + "import-4/config-export"));
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(export.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"import-4.zip\"");
        ConfigImportReport copy = read(send(json(asAdmin(BASE + "import-5/config-copies"), "POST",
                "{\"from\":\"import-4\",\"comment\":\"copy\"}")), ConfigImportReport.class);
        assertThat(copy.created()).isEqualTo(2);
        assertThat(read(send(asAdmin(BASE + "import-5/configs/a")), ConfigItem.class).content()).isEqualTo("a: 1\n");
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Problem problem = problem(response);
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
