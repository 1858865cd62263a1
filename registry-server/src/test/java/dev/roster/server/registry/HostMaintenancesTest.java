package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostMaintenancesTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final NamespaceName HERE = NamespaceName.DEFAULT;

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final HostMaintenances maintenances = new HostMaintenances(local.store, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void takesAllInstancesOfAHostOutOfServiceAndPutsThemBack() {
        register("orders", "10.0.0.1");
        register("billing", "10.0.0.1");
        register("stock", "10.0.0.2");

        Changes begun = maintenances.begin(EDITOR, HERE, "10.0.0.1", "new disk");

        assertThat(begun.changes()).extracting(change -> change.before().key().service().name().value())
                .containsExactly("billing", "orders");
        assertThat(instance("orders").status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE);
        assertThat(instance("orders").statusSource()).isEqualTo(StatusSource.MAINTENANCE);
        assertThat(instance("stock").status()).isEqualTo(InstanceStatus.UP);
        HostMaintenance expected = new HostMaintenance("10.0.0.1", "new disk", "the-editor", local.clock.instant());
        assertThat(instance("orders").interventions().maintenance()).isEqualTo(expected);
        assertThat(maintenances.list(APPLICATION, HERE).hosts()).containsExactly(expected);

        Changes ended = maintenances.end(EDITOR, HERE, "10.0.0.1");
        assertThat(ended.changes()).hasSize(2);
        assertThat(instance("orders").status()).isEqualTo(InstanceStatus.UP);
        assertThat(maintenances.list(APPLICATION, HERE).hosts()).isEmpty();
        assertThat(maintenances.end(EDITOR, HERE, "10.0.0.1").changes()).isEmpty();
    }

    @Test
    void holdsForInstancesThatAreRegisteredMeanwhile() {
        maintenances.begin(EDITOR, HERE, "10.0.0.1", "");

        register("orders", "10.0.0.1");
        assertThat(instance("orders").status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE);

        register("orders", "10.0.0.2");
        assertThat(instance("orders").status()).as("it has moved to another host").isEqualTo(InstanceStatus.UP);
    }

    @Test
    void letsNoInstanceSlipThroughThatRegistersAtTheSameTime() {
        AtomicInteger commits = new AtomicInteger();
        ServiceCatalog slow = new ServiceCatalog(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (commits.getAndIncrement() == 0) {
                    maintenances.begin(EDITOR, HERE, "10.0.0.1", "");
                }
                return super.commit(txn);
            }
        }, local.clock, new Random(3));

        slow.register(APPLICATION, key("orders"), at("10.0.0.1"));

        assertThat(commits).hasValue(2);
        assertThat(instance("orders").status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE);
    }

    @Test
    void marksNothingWhenTheMaintenanceIsEndedMeanwhile() {
        register("orders", "10.0.0.1");
        AtomicInteger commits = new AtomicInteger();
        HostMaintenances slow = new HostMaintenances(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (commits.getAndIncrement() == 1) {
                    maintenances.end(EDITOR, HERE, "10.0.0.1");
                }
                return super.commit(txn);
            }
        }, local.clock);

        assertThatThrownBy(() -> slow.begin(EDITOR, HERE, "10.0.0.1", ""))
                .isInstanceOf(RegistrationContendedException.class);

        assertThat(instance("orders").status()).isEqualTo(InstanceStatus.UP);
    }

    @Test
    void boundsHosts() {
        for (int i = 0; i < HostMaintenances.MAX_HOSTS; i++) {
            maintenances.begin(EDITOR, HERE, "host" + i, "");
        }

        assertThatThrownBy(() -> maintenances.begin(EDITOR, HERE, "more", ""))
                .isInstanceOf(TooManyHostsException.class);
        maintenances.begin(EDITOR, HERE, "host1", "again");
        maintenances.begin(EDITOR, new NamespaceName("other"), "more", "");
        assertThatThrownBy(() -> maintenances.begin(EDITOR, HERE, "no host", ""))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> maintenances.begin(EDITOR, HERE, "host1", "x".repeat(201)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> maintenances.begin(APPLICATION, HERE, "host1", ""))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> maintenances.end(APPLICATION, HERE, "host1")).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void keepsTheBytesOfVersion1() {
        HostMaintenance maintenance = new HostMaintenance("10.0.0.1", "disk", "ann",
                Instant.parse("2026-01-31T12:00:00Z"));
        String golden = "010831302e302e302e31046469736b03616e6e80bbef970d00";

        assertThat(HexFormat.of().formatHex(HostRecord.write(maintenance).toBytes())).isEqualTo(golden);
        byte[] sound = HexFormat.of().parseHex(golden);
        assertThat(HostRecord.read(stored(sound))).isEqualTo(maintenance);
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> HostRecord.read(stored(cut))).isInstanceOf(CorruptStateException.class);
        }
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(RegistryKeys.ofHost(HERE, "10.0.0.1"), Value.of(value), new Revision(3), new Revision(5), 2,
                LeaseId.NONE);
    }

    private void register(String service, String host) {
        catalog.register(APPLICATION, key(service), at(host));
    }

    private static Registration at(String host) {
        return new Registration(host, 80, false, Duration.ofSeconds(30), null, Map.of());
    }

    private RegisteredInstance instance(String service) {
        return catalog.getInstance(APPLICATION, key(service));
    }

    private static InstanceKey key(String service) {
        return new InstanceKey(new ServiceKey(HERE, new ServiceName(service)), new InstanceId("i1"));
    }
}
