package dev.roster.system.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import dev.roster.test.RosterProcess;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One server, stopped and killed. More rounds: {@code -Droster.crash.rounds=200}; the same again:
 * {@code -Droster.crash.seed=…}.
 */
@Isolated
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("roster.crash.rounds", 1);
    private static final long SEED = Long.getLong("roster.crash.seed", System.nanoTime());

    private RosterProcess server;

    @BeforeEach
    void startServer() {
        server = RosterProcess.builder().build().start().awaitReady();
    }

    @AfterEach
    void endServer() {
        server.close();
    }

    @Test
    void keepsServicesAndConfigurationOverARestart() {
        server.client().registry().register("inventory", "a",
                new InstanceRegistration("127.0.0.1", 8081, false, Duration.ofHours(1), null, null));
        server.client().configs().create("orders", new PublishRequest(ConfigFormat.YAML, "a: 1", null));

        server.stop();
        server.restart();

        assertThat(server.client().registry().get("inventory").instances()).singleElement()
                .satisfies(instance -> assertThat(instance.port()).isEqualTo(8081));
        assertThat(server.client().configs().get("orders").content()).isEqualTo("a: 1");
    }

    @Test
    void keepsEveryAcknowledgedWriteWhenItIsKilled() throws Exception {
        System.out.println("roster.crash.seed=" + SEED + ", rounds " + ROUNDS);
        Random random = new Random(SEED);
        String token = server.issueToken(dev.roster.api.security.Role.ADMIN);
        int total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (RosterClient impatient = RosterClient.builder().address(server.address().toString())
                    .credentials(Credentials.token(token)).retryFor(Duration.ZERO).build()) {
                Writers writers = Writers.start(impatient, "round-" + round, 4);
                await("some writes").atMost(Duration.ofSeconds(60)).until(() -> writers.acknowledgedCount() > 20);
                await("a moment").pollDelay(Duration.ofMillis(random.nextInt(500))).until(() -> true);

                server.kill();
                writers.close();
                server.restart();

                assertThat(writers.missingFrom(impatient)).as("round %d, seed %d", round, SEED).isEmpty();
                total += writers.acknowledgedCount();
            }
        }
        System.out.println("killed " + ROUNDS + " times, " + total + " acknowledged writes, 0 missing");
    }
}
