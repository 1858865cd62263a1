package dev.roster.system.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.security.Role;
import dev.roster.test.RosterServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The two samples beside a server: they find each other, follow their configuration, and one of them is killed. */
class SamplesIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    /** As the samples' application.yaml says. */
    private static final Duration TTL = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private SampleProcess inventory;
    private SampleProcess orders;

    @BeforeEach
    void startSamples() throws IOException {
        roster.client().configs().create("orders",
                new PublishRequest(ConfigFormat.YAML, "greeting:\n  text: Hello from Roster\n", null));
        String token = roster.issueToken(Role.APPLICATION);
        inventory = SampleProcess.start("inventory", freePort(), roster.address(), token, directory);
        orders = SampleProcess.start("orders", freePort(), roster.address(), token, directory);
    }

    @AfterEach
    void endSamples() {
        inventory.close();
        orders.close();
    }

    @Test
    void findEachOtherFollowTheConsoleAndNoticeADeath() {
        await("orders reaches inventory by its name").atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(orders.get("/orders/book")).startsWith("200 ").contains("book"));
        assertThat(orders.get("/greeting")).isEqualTo("200 Hello from Roster");

        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), true)) {
            console.signIn("admin", roster.adminPassword());
            console.publish("orders", false, "greeting:\n  text: Changed in the console\n", "by a person");
        }
        long published = System.nanoTime();
        await("the running application follows").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20))
                .until(() -> orders.get("/greeting").equals("200 Changed in the console"));
        System.out.printf("the application shows what was published after %d ms%n", millisSince(published));

        inventory.kill();
        long killed = System.nanoTime();
        await("inventory is gone from discovery").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20))
                .until(() -> roster.client().registry().find("inventory").isEmpty());
        System.out.printf("gone %d ms after kill -9, with a TTL of %d ms%n", millisSince(killed), TTL.toMillis());
        await("orders says that inventory is away").atMost(Duration.ofSeconds(30))
                .until(() -> orders.get("/orders/book").startsWith("503 "));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
