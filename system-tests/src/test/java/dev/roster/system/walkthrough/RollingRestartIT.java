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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A service of two instances is restarted, one instance after the other, while it is called through the load balancer of another
 * application: no call fails, and nobody repeats one. More rounds: {@code -Droster.rolling-restart.rounds=10}.
 */
@Isolated
class RollingRestartIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    private static final int ROUNDS = Integer.getInteger("roster.rolling-restart.rounds", 1);
    private static final int CALLERS = 4;
    private static final Duration START = Duration.ofSeconds(120);

    /** The load balancer tries once, and so does the HTTP client of the JDK, which would send a lost request again by itself. */
    private static final Map<String, String> NO_REPETITION = Map.of("SPRING_CLOUD_LOADBALANCER_RETRY_ENABLED", "false",
            "JAVA_TOOL_OPTIONS", "-Djdk.httpclient.redirects.retrylimit=1 -Djdk.httpclient.disableRetryConnect=true");

    @TempDir
    Path directory;

    private final int ordersPort = freePort();
    private final List<Integer> ports = List.of(freePort(), freePort());
    private final List<SampleProcess> inventory = new ArrayList<>();
    private String token = "";
    private SampleProcess orders;

    @BeforeEach
    void startSamples() throws IOException {
        token = roster.issueToken(Role.APPLICATION);
        for (int port : ports) {
            inventory.add(startInventory(port));
        }
        orders = SampleProcess.start("orders", ordersPort, roster.address(), token, own("orders"), NO_REPETITION);
    }

    private SampleProcess startInventory(int port) throws IOException {
        return SampleProcess.start("inventory", port, roster.address(), token, own("inventory-" + port));
    }

    private Path own(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    @AfterEach
    void endSamples() {
        inventory.forEach(SampleProcess::close);
        orders.close();
    }

    @Test
    void losesNoRequest() throws Exception {
        await("both are called").atMost(START).pollInterval(Duration.ofMillis(100))
                .until(() -> ports.stream().allMatch(port -> served(orders, port)));

        List<Long> stops = new ArrayList<>();
        try (ConstantLoad load = new ConstantLoad(ordersPort, CALLERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < ports.size(); i++) {
                    int port = ports.get(i);
                    load.awaitAnswersBy(port, START);
                    long stopped = System.nanoTime();
                    inventory.get(i).stop();
                    stops.add((System.nanoTime() - stopped) / 1_000_000);
                    assertThat(roster.client().registry().get("inventory").instances()).as("the other one").hasSize(1);
                    inventory.set(i, startInventory(port));
                    load.awaitAnswersBy(port, START);
                }
            }
            load.close();

            System.out.printf("%d instances restarted under load: %d requests, %d failed; each stopped within %s ms%n",
                    stops.size(), load.answered() + load.failures().size(), load.failures().size(), stops);
            assertThat(load.failures()).isEmpty();
        }
    }

    private static boolean served(SampleProcess orders, int port) {
        return orders.get("/orders/book").contains("\"servedBy\":" + port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
