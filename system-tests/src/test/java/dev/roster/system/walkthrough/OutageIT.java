package dev.roster.system.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.RosterClient;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All servers are killed while applications run under load. Meanwhile one goes on, one is restarted, and one starts for the first time:
 * all work, with what they knew last. When the servers are back everybody is registered, finds everybody, and has the current
 * configuration, and it is printed how long that took. For as long as one likes, and with a cluster:
 * {@code -Droster.outage.seconds=600 -Droster.outage.members=3}.
 */
class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("roster.outage.seconds", 3));
    private static final int MEMBERS = Integer.getInteger("roster.outage.members", 1);
    private static final int CALLERS = 2;
    private static final Duration BREATH = Duration.ofMillis(50);
    private static final Duration START = Duration.ofSeconds(120);

    /** As long as it may take is 5 s; a machine that does much else takes longer, and what it took is printed. */
    private static final Duration BACK = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<SampleProcess> running = new ArrayList<>();
    private final int ordersPort = freePort();
    private final int firstPort = freePort();
    private final int secondPort = freePort();
    private RosterCluster cluster;
    private RosterClient admin;
    private String token = "";

    @BeforeEach
    void startServers() {
        cluster = RosterCluster.start(MEMBERS, builder -> {});
        admin = cluster.client();
        token = admin.security().issueToken(new TokenRequest("samples", Role.APPLICATION, null)).secret();
        admin.configs().create("orders", greeting("before"));
    }

    @AfterEach
    void endAll() {
        running.forEach(SampleProcess::close);
        cluster.close();
    }

    private static PublishRequest greeting(String text) {
        return new PublishRequest(ConfigFormat.YAML, "greeting:\n  text: " + text + "\n", null);
    }

    /** Each has a directory of its own for what it knows, as on a machine of its own. */
    private SampleProcess startSample(String name, int port) throws IOException {
        String addresses = cluster.addresses().stream().map(URI::toString).collect(Collectors.joining(","));
        Path own = Files.createDirectories(directory.resolve(name + "-" + port));
        SampleProcess sample = SampleProcess.start(name, port, cluster.addresses().getFirst(), token, own,
                Map.of("ROSTER_CLIENT_ADDRESSES", addresses, "ROSTER_CLIENT_LASTGOOD_DIRECTORY", own.toString(),
                        "SPRING_CLOUD_LOADBALANCER_RETRY_ENABLED", "false"));
        running.add(sample);
        return sample;
    }

    @Test
    void allGoOnFromWhatTheyKnewAndAreConsistentSoonAfterwards() throws Exception {
        SampleProcess inventory = startSample("inventory", firstPort);
        SampleProcess orders = startSample("orders", ordersPort);
        awaitAnswer(orders, "/orders/book", "\"servedBy\":" + firstPort);
        awaitAnswer(orders, "/greeting", "200 before");
        long answered = 0;

        long begun;
        SampleProcess second;
        try (ConstantLoad load = new ConstantLoad(ordersPort, CALLERS, BREATH)) {
            load.awaitAnswersBy(firstPort, START);
            cluster.members().forEach(RosterProcess::kill);
            begun = System.nanoTime();
            second = startSample("inventory", secondPort);
            awaitAnswer(second, "/stock/book", "\"servedBy\":" + secondPort);
            load.awaitAnswersBy(firstPort, START);
            load.close();
            assertThat(load.failures()).as("while the servers are away").isEmpty();
            answered += load.answered();
        }
        orders.stop();
        orders = startSample("orders", ordersPort);
        awaitAnswer(orders, "/orders/book", "\"servedBy\":" + firstPort);
        assertThat(orders.get("/greeting")).as("from its last good copy").isEqualTo("200 before");

        Map<String, Long> took;
        try (ConstantLoad load = new ConstantLoad(ordersPort, CALLERS, BREATH)) {
            await("the outage lasts").atMost(OUTAGE.plus(START)).until(() -> since(begun).compareTo(OUTAGE) >= 0);
            load.awaitAnswersBy(firstPort, START);
            cluster.members().forEach(RosterProcess::start);
            cluster.members().forEach(RosterProcess::awaitReady);
            cluster.awaitLeader();
            took = comeBack(orders, load);
            load.close();
            assertThat(load.failures()).as("after a restart, and while the servers come back").isEmpty();
            answered += load.answered();
        }

        System.out.printf("%d servers away for %d s, %d requests, 0 failed; milliseconds after they were back: %s%n",
                MEMBERS, since(begun).toSeconds(), answered, took);
        assertThat(orders.log()).as("says with what it started").contains("last good copy");
        assertThat(inventory.log()).contains("cannot be kept registered");
        assertThat(second.log()).contains("cannot be registered", "Registered instance");
    }

    /** Returns after how many milliseconds each was as it has to be. */
    private Map<String, Long> comeBack(SampleProcess orders, ConstantLoad load) {
        long back = System.nanoTime();
        admin.configs().publish("orders", 1, greeting("after"));
        Map<String, BooleanSupplier> wanted = new LinkedHashMap<>();
        wanted.put("all are registered", () -> ports("inventory").equals(Set.of(firstPort, secondPort))
                && ports("orders").equals(Set.of(ordersPort)));
        wanted.put("what was published is applied", () -> orders.get("/greeting").equals("200 after"));
        wanted.put("the new instance is called", () -> load.answeredBy(secondPort) > 0);
        Map<String, Long> took = new LinkedHashMap<>();
        await("all is consistent").atMost(BACK).pollInterval(Duration.ofMillis(20)).until(() -> {
            wanted.forEach((what, reached) -> {
                if (!took.containsKey(what) && reached.getAsBoolean()) {
                    took.put(what, since(back).toMillis());
                }
            });
            return took.size() == wanted.size();
        });
        return took;
    }

    private Set<Integer> ports(String service) {
        return admin.registry().find(service)
                .map(found -> found.instances().stream()
                        .filter(instance -> instance.status() == InstanceStatus.UP).map(Instance::port)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static void awaitAnswer(SampleProcess sample, String path, String part) {
        await(path + " answers " + part).atMost(START).pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(sample.get(path)).contains(part));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
