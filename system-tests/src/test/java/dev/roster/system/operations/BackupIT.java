package dev.roster.system.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.security.Role;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterClientBuilder;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state of a server in a file, and back: into an empty directory, a cluster, and a server that runs. Each test leaves the server
 * as it was when the backup was made.
 */
class BackupIT {

    private static final InstanceRegistration INSTANCE = new InstanceRegistration("127.0.0.1", 8081, false,
            Duration.ofHours(1), null, null);

    @TempDir
    private static Path made;
    private static RosterProcess server;
    private static String token;
    private static Path file;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServerAndBackItUp() {
        server = RosterProcess.builder().build().start().awaitReady();
        server.client().registry().register("inventory", "a", INSTANCE);
        server.client().configs().create("orders", new PublishRequest(ConfigFormat.YAML, "a: 1", null));
        token = server.issueToken(Role.ADMIN);
        ServerCommand backup = ServerCommand.run(made, "backup", "one.backup", "--url=" + server.address(),
                "--password-file=" + server.dataDirectory().resolve("admin-password"));
        assertThat(backup.exitCode()).as(backup.output()).isZero();
        // The lease of the instance, and once it has one that by which the member makes checks.
        assertThat(backup.output()).startsWith("one.backup: revision ").containsPattern(" [12] leases");
        file = made.resolve("one.backup");
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    private RosterClient clientOf(URI... addresses) {
        RosterClientBuilder builder = RosterClient.builder().credentials(Credentials.token(token));
        for (URI address : addresses) {
            builder.address(address.toString());
        }
        return builder.build();
    }

    private static void assertHoldsTheBackup(RosterClient client) {
        assertThat(client.configs().get("orders").content()).isEqualTo("a: 1");
        assertThat(client.configs().get("orders").version()).isEqualTo(1);
        assertThat(client.registry().get("inventory").instances()).singleElement()
                .satisfies(instance -> assertThat(instance.port()).isEqualTo(8081));
    }

    @Test
    void beginsAnEmptyServerWithABackup() {
        Path data = folder.resolve("data");
        ServerCommand restore = ServerCommand.run(folder, "restore", file.toString(), "--roster.data-dir=" + data);
        assertThat(restore.exitCode()).as(restore.output()).isZero();
        assertThat(restore.output()).contains("The first start with", "restores the backup of member-1");

        try (RosterProcess second = RosterProcess.builder().dataDirectory(data).build().start().awaitReady();
                RosterClient client = clientOf(second.address())) {
            assertHoldsTheBackup(client);
            assertThat(data.resolve("admin-password")).doesNotExist();
            assertThat(data.resolve("restore.seed")).doesNotExist();

            second.kill();
            second.restart();
            assertHoldsTheBackup(client);
        }
    }

    @Test
    void beginsAnEmptyClusterWithABackup() {
        for (int member = 1; member <= 3; member++) {
            ServerCommand restore = ServerCommand.run(folder, "restore", file.toString(),
                    "--roster.data-dir=" + folder.resolve("data-" + member));
            assertThat(restore.exitCode()).as(restore.output()).isZero();
        }
        AtomicInteger member = new AtomicInteger();

        try (RosterCluster cluster = RosterCluster.start(3,
                builder -> builder.dataDirectory(folder.resolve("data-" + member.incrementAndGet())))) {
            for (URI address : cluster.addresses()) {
                try (RosterClient client = clientOf(address)) {
                    assertHoldsTheBackup(client);
                }
            }
            assertThat(folder.resolve("data-1/restore.seed")).doesNotExist();
            assertThat(folder.resolve("data-2/restore.seed")).doesNotExist();
            assertThat(folder.resolve("data-3/restore.seed")).doesNotExist();
        }
    }

    @Test
    void replacesTheStateOfARunningServerAtOnce() throws Exception {
        server.client().configs().create("later", new PublishRequest(ConfigFormat.YAML, "b: 1", null));
        server.client().registry().deregister("inventory", "a");

        HttpResponse<String> answer = restoreOnline(file, "?confirm=replace-everything");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (RosterClient client = clientOf(server.address())) {
            assertHoldsTheBackup(client);
            assertThat(client.configs().find("later")).isEmpty();
            server.kill();
            server.restart();
            assertHoldsTheBackup(client);
            assertThat(client.configs().find("later")).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNotConfirmedOrNotWholeAndGoesOn() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.backup"), Arrays.copyOf(whole, whole.length - 1));

        HttpResponse<String> unconfirmed = restoreOnline(file, "");
        HttpResponse<String> damaged = restoreOnline(cut, "?confirm=replace-everything");
        ServerCommand offline = ServerCommand.run(folder, "restore", cut.toString(), "--roster.data-dir=new");

        assertThat(unconfirmed.statusCode()).isEqualTo(400);
        assertThat(unconfirmed.body()).contains("replace-everything");
        assertThat(damaged.statusCode()).isEqualTo(400);
        assertThat(damaged.body()).contains("damaged or was cut short");
        assertThat(offline.exitCode()).isEqualTo(1);
        assertThat(offline.output()).contains("damaged or was cut short", "Take another copy");
        assertThat(folder.resolve("new")).doesNotExist();
        assertHoldsTheBackup(server.client());
    }

    @Test
    void refusesToBeginADirectoryThatIsNotEmpty() throws IOException {
        server.stop();

        ServerCommand restore = ServerCommand.run(folder, "restore", file.toString(),
                "--roster.data-dir=" + server.dataDirectory());

        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.output()).contains("is not empty", "move the directory away");
        server.restart();
        assertHoldsTheBackup(server.client());
    }

    @Test
    void refusesToServeAnythingElseThanADamagedSeed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path seed = Files.copy(file, data.resolve("restore.seed"), StandardCopyOption.REPLACE_EXISTING);
        byte[] damaged = Files.readAllBytes(seed);
        damaged[damaged.length / 2] ^= 1;
        Files.write(seed, damaged);

        try (RosterProcess second = RosterProcess.builder().dataDirectory(data).build().start()) {
            org.awaitility.Awaitility.await("the log says why").atMost(Duration.ofSeconds(60))
                    .until(() -> second.log().contains("restore.seed is damaged"));

            assertThat(second.isReady()).isFalse();
            assertThat(data.resolve("admin-password")).doesNotExist();
        }
    }

    private HttpResponse<String> restoreOnline(Path file, String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/cluster/restore" + query))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
