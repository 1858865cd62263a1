package dev.roster.system.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.AdoptedVersion;
import dev.roster.api.config.ConfigAdoption;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.GrayEvent;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayRelease.Status;
import dev.roster.api.config.GrayReleaseRequest;
import dev.roster.api.config.GrayStep;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.security.Role;
import dev.roster.client.ConfigOperations;
import dev.roster.test.RosterServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gray releases with two instances of a sample application: one that does not fit and takes itself back, with nobody looking
 * on, and one that fits and reaches everybody.
 */
class GrayReleaseIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private SampleProcess canary;
    private SampleProcess other;

    @BeforeEach
    void startSamples() throws IOException {
        configs().create("orders", new PublishRequest(ConfigFormat.YAML, "greeting:\n  text: Hello\n", null));
        String token = roster.issueToken(Role.APPLICATION);
        canary = start("orders-1", "canary", token);
        other = start("orders-2", "main", token);
        awaitGreeting(canary, "Hello", START);
        awaitGreeting(other, "Hello", START);
        await("both report what they run with").atMost(SOON).until(() -> configs().adoption("orders").applied() == 2);
    }

    private SampleProcess start(String instance, String track, String token) throws IOException {
        Path own = directory.resolve(instance);
        Files.createDirectories(own);
        return SampleProcess.start("orders", freePort(), roster.address(), token, own,
                Map.of("ROSTER_CONFIG_INSTANCEID", instance, "ROSTER_CONFIG_LABELS_TRACK", track,
                        "ROSTER_CLIENT_LASTGOOD_DIRECTORY", own.toString()));
    }

    @AfterEach
    void endSamples() {
        canary.close();
        other.close();
    }

    @Test
    void oneThatDoesNotFitTakesItselfBackAndOneThatFitsReachesAll() {
        GrayRelease bad = gray(1, "greeting:\n  text: Broken\n  times: many\n", Duration.ofMinutes(10));
        assertThat(bad.version()).isEqualTo(2);

        GrayRelease ended = await("it rolls itself back").atMost(SOON)
                .until(() -> configs().grayRelease("orders", 2), release -> release.status() == Status.ROLLED_BACK);

        assertThat(ended.timeline()).extracting(GrayEvent::kind).containsExactly(GrayEvent.Kind.STARTED,
                GrayEvent.Kind.ROLLED_BACK);
        GrayEvent last = ended.timeline().getLast();
        assertThat(last.by()).isEqualTo("(automatic)");
        assertThat(last.detail()).contains("orders-1: greeting.times: expected int");
        assertThat(last.adoption()).isEqualTo(new AdoptedVersion(2, 0, 1, 1, 0));
        ended.timeline().forEach(event -> System.out.printf("%s %s by %s: %s%n", event.at(), event.kind(), event.by(),
                event.detail()));
        assertThat(canary.get("/greeting")).as("it went on with what it had").isEqualTo("200 Hello");
        assertThat(other.get("/greeting")).isEqualTo("200 Hello");
        assertThat(other.log()).as("it was never told").doesNotContain("version 2");
        await("both report version 1 again").atMost(SOON).until(() -> {
            ConfigAdoption adoption = configs().adoption("orders");
            return adoption.applied() == 2 && adoption.failed() == 0;
        });

        gray(1, "greeting:\n  text: Hi\n  times: 2\n", Duration.ofSeconds(5));
        awaitGreeting(canary, "Hi Hi", SOON);
        assertThat(other.get("/greeting")).as("not yet").isEqualTo("200 Hello");
        awaitGreeting(other, "Hi Hi", SOON);
        await("it ends").atMost(SOON)
                .until(() -> configs().grayRelease("orders", 3).status() == Status.PROMOTED);
        await("adoption reaches all").atMost(SOON).until(() -> configs().adoption("orders").applied() == 2);
        assertThat(configs().get("orders").version()).isEqualTo(4);
        assertThat(configs().grayReleases("orders")).extracting(GrayRelease::version).containsExactly(3L, 2L);
    }

    private static GrayRelease gray(long base, String content, Duration bake) {
        return configs().startGrayRelease("orders", base,
                new GrayReleaseRequest(null, ConfigFormat.YAML, content, "from a test",
                        List.of(new GrayStep(null, null, Map.of("track", "canary"), null, bake),
                                new GrayStep(null, null, null, 100, bake)),
                        null, 1, null, null));
    }

    private static void awaitGreeting(SampleProcess sample, String text, Duration within) {
        await("the application says " + text).atMost(within).pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(sample.get("/greeting")).isEqualTo("200 " + text));
    }

    private static ConfigOperations configs() {
        return roster.client().configs();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
