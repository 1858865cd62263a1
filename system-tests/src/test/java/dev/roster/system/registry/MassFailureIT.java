package dev.roster.system.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.registry.CheckRegistration;
import dev.roster.api.registry.HttpProbe;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.client.Consistency;
import dev.roster.client.RosterClient;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Instances that die by the dozen, and members that die meanwhile. Figures are printed; what is asserted would hold on a slow
 * machine, too. More dead members: {@code -Droster.mass-failure.kills=10}.
 */
@Isolated
class MassFailureIT {
    private static final int KILLS = Integer.getInteger("roster.mass-failure.kills", 1);
    private static final int CHECKED = 30;
    private static final int CROWD = 300;

    /** As many are registered before the first of them needs a heartbeat. */
    private static final int PART = 30;
    private static final double THRESHOLD = 0.8;
    private static final Duration TTL = Duration.ofSeconds(4);
    private static final Duration MAX_HOLD = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So often that a machine that is busy with starting members makes no check critical. */
    private static final int FAILURES = 3;

    private static RosterCluster cluster;
    private static CheckedPort port;
    private static HttpApi api;

    @BeforeAll
    static void start() throws IOException {
        port = new CheckedPort();
        cluster = RosterCluster.start(3, builder -> builder.property("roster.check.allowed-addresses", "127.0.0.0/8")
                .property("roster.lease.hold-back.minimum", "20")
                .property("roster.lease.hold-back.max-hold", MAX_HOLD.toString()));
        api = new HttpApi(cluster.token());
        registerChecked();
    }

    private static void registerChecked() throws IOException {
        RosterClient client = cluster.client();
        for (int i = 0; i < CHECKED; i++) {
            CheckRegistration check = new CheckRegistration("web", null, null, new HttpProbe(path(i), null, null), null,
                    Duration.ofSeconds(1), null, null, FAILURES, null, null);
            client.registry().register("checked", "i" + i, new InstanceRegistration("127.0.0.1", port.number(), null,
                    null, true, null, null, null, null, null, null, null, null, List.of(check)));
        }
        try {
            int status = api
                    .send(cluster.addresses().getFirst(), "PUT", "/namespaces/default/services/checked/definition",
                            "{\"protectionThreshold\":" + THRESHOLD + "}")
                    .statusCode();
            assertThat(status).isEqualTo(201);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        awaitAllPass();
    }

    @AfterAll
    static void end() throws IOException {
        api.close();
        cluster.close();
        port.close();
    }

    @BeforeEach
    void haveAllMembersRun() {
        cluster.members().stream().filter(member -> !member.isRunning()).forEach(RosterProcess::start);
        cluster.members().forEach(RosterProcess::awaitReady);
        cluster.awaitLeader();
    }

    @Test
    void protectsWhatIsLeftWhenAThirdFailsAtOnceAndLetsGoAsItIsTold() throws Exception {
        Map<String, Long> before = revisions();
        RosterProcess leader = cluster.awaitLeader();
        URI asked = leader.address();
        try (Heartbeats heartbeats = new Heartbeats(api, cluster.addresses(), "crowd", 0)) {
            for (int there = 0; there < CROWD; there += PART) {
                register(there, there + PART);
                heartbeats.keepOnly(there + PART);
            }
            await("all are there").atMost(PATIENCE).until(() -> size(asked, "crowd") == CROWD);

            heartbeats.keepOnly(CROWD * 2 / 3);
            port.fail(IntStream.range(CHECKED * 2 / 3, CHECKED).mapToObj(MassFailureIT::path)
                    .collect(Collectors.toSet()));
            long failed = System.nanoTime();

            await("answers say that the end of so many is held back").atMost(PATIENCE)
                    .until(() -> protection(asked, "crowd", "expiryHeld"));
            long held = System.nanoTime();
            int kept = size(asked, "crowd");
            assertThat(kept).as("at most about the threshold's share is lost").isGreaterThan(CROWD * 3 / 4);
            assertThat(api.metric(asked, "roster_lease_held_back")).isEqualTo(1);
            assertThat(api.metric(asked, "roster_lease_overdue")).isPositive();
            await("answers say that the service is protected").atMost(PATIENCE)
                    .until(() -> protection(asked, "checked", "active"));
            assertThat(size(asked, "checked?healthy=true")).as("callers are given all").isEqualTo(CHECKED);

            RosterProcess victim = cluster.followers().getFirst();
            victim.kill();
            long killed = System.nanoTime();
            awaitTakeover();
            System.out.printf("held back %d ms after a third fell silent, %d of %d kept; %s killed, its checks run"
                    + " elsewhere after %d ms%n", millis(failed, held), kept, CROWD, cluster.id(victim),
                    millis(killed, System.nanoTime()));
            victim.start();

            await("it lets go").atMost(PATIENCE).until(() -> size(asked, "crowd") == CROWD * 2 / 3);
            System.out.printf("let go after %d ms, of %d%n", millis(held, System.nanoTime()), MAX_HOLD.toMillis());
            assertThat(heartbeats.missing()).as("who is heard lives").isZero();
            await("all that was said is taken back").atMost(PATIENCE)
                    .until(() -> !protection(asked, "crowd", "expiryHeld")
                            && api.metric(asked, "roster_lease_held_back") == 0);
            await("members count protected services").atMost(PATIENCE)
                    .until(() -> api.metric(asked, "roster_registry_services_protected") == 1);
        }

        port.fail(Set.of());
        awaitAllPass();
        assertThat(protection(asked, "checked", "active")).isFalse();
        Map<String, Long> after = revisions();
        for (int i = 0; i < CHECKED * 2 / 3; i++) {
            assertThat(after.get("i" + i)).as("i%d has never failed", i).isEqualTo(before.get("i" + i));
        }
    }

    @Test
    void runsTheChecksOfAMemberThatDiesElsewhereAndNobodyFlaps() {
        Map<String, Long> before = revisions();
        for (int kill = 0; kill < KILLS; kill++) {
            haveAllMembersRun();
            RosterProcess leader = cluster.awaitLeader();
            RosterProcess victim = kill % 2 == 0 ? leader : cluster.followers().getFirst();
            victim.kill();
            long killed = System.nanoTime();
            awaitTakeover();
            System.out.printf("%s%s killed, its checks run elsewhere after %d ms%n", cluster.id(victim),
                    victim == leader ? ", the leader," : "", millis(killed, System.nanoTime()));
        }

        assertThat(revisions()).as("no instance has changed").isEqualTo(before);
    }

    private static void awaitTakeover() {
        port.forget();
        await("every check is made by a member that is left").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> port.asked().size() == CHECKED);
    }

    private static void awaitAllPass() {
        await("all checks pass").atMost(PATIENCE)
                .until(() -> checked().instances().stream().allMatch(one -> one.status() == InstanceStatus.UP));
    }

    private static Map<String, Long> revisions() {
        return checked().instances().stream().collect(Collectors.toMap(Instance::id, Instance::revision));
    }

    private static ServiceInstances checked() {
        return cluster.client().withConsistency(Consistency.LINEARIZABLE).registry().get("checked");
    }

    private static void register(int from, int to) {
        IntStream.range(from, to).parallel().forEach(i -> cluster.client().registry().register("crowd", "i" + i,
                new InstanceRegistration("10.0.0.1", 1024 + i, null, TTL, null, null)));
    }

    private static int size(URI member, String lookup) {
        return api.read(member, "/namespaces/default/services/" + lookup).path("instances").size();
    }

    private static boolean protection(URI member, String service, String what) {
        return api.read(member, "/namespaces/default/services/" + service).path("protection").path(what)
                .asBoolean(false);
    }

    private static String path(int instance) {
        return "/i" + instance;
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
