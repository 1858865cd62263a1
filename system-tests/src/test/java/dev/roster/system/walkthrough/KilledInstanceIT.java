package dev.roster.system.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.security.Role;
import dev.roster.test.RosterServerExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two instances of a service is killed (kill -9) under load: how long its caller's load balancer goes on to choose it. With
 * {@code -Droster.killed-instance.cached=true} a second caller stands beside the first, in which nobody takes changes out of Spring Cloud
 * LoadBalancer's cache: its default of 35 s, as starters have it that do not.
 */
class KilledInstanceIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    private static final boolean CACHED = Boolean.getBoolean("roster.killed-instance.cached");
    private static final int CALLERS = 2;
    private static final Duration START = Duration.ofSeconds(120);

    /** As the samples' application.yaml says. */
    private static final Duration TTL = Duration.ofSeconds(5);

    /** A request that meets the dead one fails: nobody chooses again. */
    private static final Map<String, String> NO_REPETITION = Map.of("SPRING_CLOUD_LOADBALANCER_RETRY_ENABLED", "false");

    @TempDir
    Path directory;

    private final int ordersPort = freePort();
    private final int cachedPort = freePort();
    private final int killedPort = freePort();
    private final int otherPort = freePort();
    private final Map<Integer, SampleProcess> samples = new HashMap<>();

    @BeforeEach
    void startSamples() throws IOException {
        String token = roster.issueToken(Role.APPLICATION);
        start("inventory", killedPort, token, Map.of());
        start("inventory", otherPort, token, Map.of());
        start("orders", ordersPort, token, NO_REPETITION);
        if (CACHED) {
            Map<String, String> environment = new HashMap<>(NO_REPETITION);
            environment.put("SPRING_AUTOCONFIGURE_EXCLUDE",
                    "dev.roster.spring.loadbalancer.RosterLoadBalancerAutoConfiguration");
            start("orders", cachedPort, token, environment);
        }
    }

    private void start(String name, int port, String token, Map<String, String> environment) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name + "-" + port));
        Map<String, String> all = new HashMap<>(environment);
        all.put("ROSTER_CLIENT_LASTGOOD_DIRECTORY", own.toString());
        samples.put(port, SampleProcess.start(name, port, roster.address(), token, own, all));
    }

    @AfterEach
    void endSamples() {
        samples.values().forEach(SampleProcess::close);
    }

    @Test
    void isSoonCalledNoMore() throws Exception {
        List<Integer> callers = CACHED ? List.of(ordersPort, cachedPort) : List.of(ordersPort);
        for (int caller : callers) {
            for (int instance : List.of(killedPort, otherPort)) {
                await("both are called").atMost(START).pollInterval(Duration.ofMillis(50)).until(
                        () -> sample(caller).get("/orders/book").contains("\"servedBy\":" + instance));
            }
        }
        try (ConstantLoad load = new ConstantLoad(ordersPort, CALLERS);
                ConstantLoad cached = new ConstantLoad(callers.getLast(), CACHED ? CALLERS : 0)) {
            load.awaitAnswersBy(killedPort, START);

            sample(killedPort).kill();
            Instant killed = Instant.now();
            await("it is gone from discovery").atMost(START).pollInterval(Duration.ofMillis(20))
                    .until(() -> roster.client().registry().get("inventory").instances().stream()
                            .noneMatch(instance -> instance.port() == killedPort));
            Duration gone = Duration.between(killed, Instant.now());
            load.awaitAnswersBy(otherPort, START);
            int failures = load.failures().size();
            load.awaitAnswersBy(otherPort, START);
            load.awaitAnswersBy(otherPort, START);
            assertThat(load.failures()).as("it is called no more").hasSize(failures).isNotEmpty();
            System.out.printf(
                    "kill -9: gone from discovery after %d ms, with a TTL of %d ms; last called after %d ms%n",
                    gone.toMillis(), TTL.toMillis(), lastCall(load, killed).toMillis());

            if (CACHED) {
                cached.awaitQuiet(Duration.ofSeconds(10), START);
                System.out.printf("kill -9, with a cache of 35 s that nobody is told of: last called after %d ms%n",
                        lastCall(cached, killed).toMillis());
            }
        }
    }

    private SampleProcess sample(int port) {
        return Objects.requireNonNull(samples.get(port));
    }

    private static Duration lastCall(ConstantLoad load, Instant killed) {
        return Duration.between(killed, load.lastFailure().orElse(killed));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
