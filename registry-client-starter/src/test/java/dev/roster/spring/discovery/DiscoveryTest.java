package dev.roster.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.client.RosterClient;
import dev.roster.client.RosterRejectedException;
import dev.roster.spring.testing.FakeRoster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cloud.client.ServiceInstance;

/** The view of services, through both discovery clients. */
class DiscoveryTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path lastGood;

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private FakeRoster roster;
    private RosterClient client;
    private ServiceView view;
    private RosterDiscoveryClient discovery;
    private RosterReactiveDiscoveryClient reactive;

    @BeforeEach
    void start() {
        roster = new FakeRoster();
        begin(Duration.ofSeconds(5));
    }

    private void begin(Duration lookupTimeout) {
        client = RosterClient.builder().address(roster.address()).retryFor(Duration.ZERO)
                .lastGoodFile(lastGood.resolve("orders.json")).build();
        view = new ServiceView(client, lookupTimeout, changed -> changes.add(changed.service()));
        discovery = new RosterDiscoveryClient(view, 3);
        reactive = new RosterReactiveDiscoveryClient(view, 4);
    }

    @AfterEach
    void stop() {
        client.close();
        roster.close();
    }

    @Test
    void answersTheFirstLookupFromTheServer() {
        roster.register("stock", "a", "10.0.0.1", 8081).register("stock", "b", "::1", 8082);

        List<ServiceInstance> instances = discovery.getInstances("stock");

        assertThat(instances).extracting(ServiceInstance::getUri).containsExactly(URI.create("http://10.0.0.1:8081"),
                URI.create("http://[::1]:8082"));
        assertThat(instances.get(0).getInstanceId()).isEqualTo("a");
        assertThat(instances.get(0).getMetadata()).containsEntry("k", "v").containsEntry("zone", "z1");
    }

    @Test
    void followsWhatIsPushed() {
        roster.register("stock", "a", "h", 1);
        discovery.getInstances("stock");

        roster.register("stock", "b", "h", 2);
        await().atMost(SOON).until(() -> discovery.getInstances("stock").size() == 2);
        roster.deregister("stock", "a");

        await().atMost(SOON).untilAsserted(() -> assertThat(discovery.getInstances("stock"))
                .extracting(ServiceInstance::getInstanceId).containsExactly("b"));
        assertThat(changes).containsExactly("stock", "stock", "stock");
    }

    @Test
    void findsOnlyInstancesThatMayBeCalled() {
        roster.register("stock", "a", "h", 1).register("stock", "b", "h", 2);
        assertThat(discovery.getInstances("stock")).hasSize(2);

        for (String status : List.of("draining", "starting", "out_of_service", "down")) {
            roster.say("stock", "a", status);
            await(status).atMost(SOON).untilAsserted(() -> assertThat(discovery.getInstances("stock"))
                    .extracting(ServiceInstance::getInstanceId).containsExactly("b"));
            roster.say("stock", "a", "warning");
            await().atMost(SOON).until(() -> discovery.getInstances("stock").size() == 2);
        }
    }

    @Test
    void findsThoseThatAreDownWhileTheServiceIsProtected() {
        roster.register("stock", "a", "h", 1).register("stock", "b", "h", 2).register("stock", "c", "h", 3)
                .say("stock", "b", "down").say("stock", "c", "draining").define("stock", 0.6);

        assertThat(discovery.getInstances("stock")).extracting(ServiceInstance::getInstanceId).containsExactly("a",
                "b");

        roster.say("stock", "b", "up").say("stock", "a", "draining").register("stock", "d", "h", 4)
                .say("stock", "c", "down").register("stock", "e", "h", 5);
        await().atMost(SOON).untilAsserted(() -> assertThat(discovery.getInstances("stock"))
                .extracting(ServiceInstance::getInstanceId).containsExactly("b", "d", "e"));
    }

    @Test
    void findsAServiceThatComesLater() {
        assertThat(discovery.getInstances("stock")).isEmpty();

        roster.register("stock", "a", "h", 1);

        await().atMost(SOON).until(() -> discovery.getInstances("stock").size() == 1);
    }

    @Test
    void answersFromMemoryWhileRosterIsAway() {
        roster.register("stock", "a", "h", 1);
        discovery.getInstances("stock");

        roster.leave();
        await().atMost(SOON).until(() -> !client.watch().status().connected());

        assertThat(discovery.getInstances("stock")).hasSize(1);
        discovery.probe();
    }

    @Test
    void answersFromDiskWhenRosterIsAwayAtTheStart() {
        roster.register("stock", "a", "h", 1);
        discovery.getInstances("stock");
        client.close();
        roster.leave();

        begin(Duration.ofMillis(50));

        assertThat(discovery.getInstances("stock")).hasSize(1);
        assertThat(reactive.getInstances("stock").collectList().block(SOON)).hasSize(1);
        assertThat(discovery.getInstances("unknown")).isEmpty();
    }

    @Test
    void doesNotWaitAgainForAServerThatIsAway() {
        client.close();
        roster.leave();
        begin(Duration.ofMillis(50));
        assertThat(discovery.getInstances("stock")).isEmpty();

        roster.comeBack();
        roster.register("stock", "a", "h", 1);

        await().atMost(Duration.ofSeconds(20)).until(() -> discovery.getInstances("stock").size() == 1);
    }

    @Test
    void listsTheNamesOfServicesAndKeepsTheLastKnown() {
        roster.register("stock", "a", "h", 1).register("orders", "a", "h", 1);
        assertThat(discovery.getServices()).containsExactly("orders", "stock");

        roster.leave();

        assertThat(discovery.getServices()).containsExactly("orders", "stock");
        assertThat(reactive.getServices().collectList().block(SOON)).containsExactly("orders", "stock");
    }

    @Test
    void tellsOfOtherServicesOnceSomebodyHasAskedForTheNames() {
        List<List<String>> told = new CopyOnWriteArrayList<>();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        ServiceNamesWatch watch = new ServiceNamesWatch(view, Duration.ofMillis(10), thread, names -> {
            told.add(names);
            if (names.size() == 2) {
                throw new IllegalStateException("a listener that fails");
            }
        });
        try {
            watch.start();
            roster.register("stock", "a", "h", 1);
            assertThat(discovery.getServices()).containsExactly("stock");
            roster.register("orders", "a", "h", 1);
            await().atMost(SOON).until(() -> told.size() == 1);

            roster.leave();
            await().atMost(SOON).until(() -> view.names().size() == 2);
            roster.comeBack();
            roster.register("users", "a", "h", 1);

            await().atMost(SOON).until(() -> told.size() == 2);
            assertThat(told).containsExactly(List.of("orders", "stock"), List.of("orders", "stock", "users"));
        } finally {
            watch.stop();
            thread.shutdownNow();
        }
    }

    @Test
    void answersReactivelyWithoutBlocking() {
        roster.register("stock", "a", "h", 1);

        assertThat(reactive.getInstances("stock").map(ServiceInstance::getInstanceId).collectList().block(SOON))
                .containsExactly("a");
        assertThat(reactive.getInstances("stock").collectList().block(SOON)).hasSize(1);
        assertThat(reactive.getInstances("no such name").collectList().block(SOON)).isEmpty();
        reactive.reactiveProbe().block(SOON);
    }

    @Test
    void knowsNoServiceOfAnImpossibleName() {
        assertThat(discovery.getInstances("no such name")).isEmpty();
    }

    @Test
    void failsItsProbeWhenRosterRefuses() {
        roster.refuse(true);

        assertThat(discovery.getInstances("stock")).isEmpty();

        assertThatThrownBy(discovery::probe).isInstanceOf(RosterRejectedException.class);
        assertThatThrownBy(() -> reactive.reactiveProbe().block(SOON)).hasMessageContaining("unauthenticated");
    }

    @Test
    void tellsItsOrder() {
        assertThat(discovery.getOrder()).isEqualTo(3);
        assertThat(reactive.getOrder()).isEqualTo(4);
    }
}
