package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an instance when a member dies between two steps, when requests race, and when a replica is behind. */
class ServiceCatalogRaceTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final InstanceKey KEY = new InstanceKey(
            new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("i1"));

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = catalog(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void leavesNothingWhenTheMemberDiesAfterTheGrant() {
        ServiceCatalog dying = catalog(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                return CompletableFuture.failedFuture(new OutcomeUnknownException("died"));
            }
        });

        assertThatThrownBy(() -> dying.register(CALLER, KEY, at("10.0.0.1")))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(local.leases()).isEqualTo(1);

        local.pass(TTL);
        assertThat(local.leases()).isZero();
        assertThat(local.revision()).isZero();
    }

    @Test
    void keepsTheInstanceWhenTheMemberDiesBeforeItEndsTheOldLease() {
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        ServiceCatalog dying = catalog(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<LeasesRevoked> revoke(RevokeLeases command) {
                return CompletableFuture.failedFuture(new OutcomeUnknownException("died"));
            }
        });

        assertThat(dying.register(CALLER, KEY, at("10.0.0.2")).replaced()).isTrue();
        assertThat(local.leases()).isEqualTo(2);

        local.pass(TTL.minusSeconds(1));
        catalog.renew(CALLER, KEY);
        local.pass(TTL.minusSeconds(1));
        assertThat(local.leases()).as("nobody renews the old lease").isEqualTo(1);
        assertThat(catalog.getInstance(CALLER, KEY).registration().endpoint().host()).isEqualTo("10.0.0.2");

        local.pass(TTL);
        assertThat(catalog.findInstance(CALLER, KEY)).isEmpty();
        assertThat(local.leases()).isZero();
    }

    @Test
    void letsTheSecondOfTwoRegistrationsReplaceTheFirst() {
        ServiceCatalog second = catalog(before(1, () -> catalog.register(CALLER, KEY, at("10.0.0.1"))));

        Registered registered = second.register(CALLER, KEY, at("10.0.0.2"));

        assertThat(registered.replaced()).isTrue();
        assertThat(catalog.getInstance(CALLER, KEY)).isEqualTo(registered.instance());
        assertThat(local.leases()).isEqualTo(1);
        catalog.renew(CALLER, KEY);
    }

    @Test
    void registersAnewWhenTheInstanceIsDeregisteredMeanwhile() {
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        ServiceCatalog second = catalog(before(1, () -> catalog.deregister(CALLER, KEY)));

        assertThat(second.register(CALLER, KEY, at("10.0.0.2")).replaced()).isFalse();
        assertThat(local.leases()).isEqualTo(1);
    }

    @Test
    void deregistersWhatIsThereWhenItIsReplacedMeanwhile() {
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        ServiceCatalog second = catalog(before(1, () -> catalog.register(CALLER, KEY, at("10.0.0.2"))));

        second.deregister(CALLER, KEY);

        assertThat(catalog.findInstance(CALLER, KEY)).isEmpty();
        assertThat(local.leases()).isZero();
    }

    @Test
    void givesUpWhenOthersKeepChangingTheInstance() {
        ServiceCatalog loser = catalog(before(Integer.MAX_VALUE, () -> catalog.register(CALLER, KEY, at("10.0.0.1"))));

        assertThatThrownBy(() -> loser.register(CALLER, KEY, at("10.0.0.2")))
                .isInstanceOf(RegistrationContendedException.class);
        assertThat(catalog.getInstance(CALLER, KEY).registration().endpoint().host()).isEqualTo("10.0.0.1");
        assertThat(local.leases()).isEqualTo(1);
    }

    @Test
    void doesNotLetALateTransactionUndoAnAcknowledgedRegistration() {
        List<Txn> held = new ArrayList<>();
        ServiceCatalog slow = catalog(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                held.add(txn);
                return CompletableFuture.failedFuture(new OutcomeUnknownException("no answer came in time"));
            }
        });
        assertThatThrownBy(() -> slow.register(CALLER, KEY, at("10.0.0.1")))
                .isInstanceOf(OutcomeUnknownException.class);
        Registered acknowledged = catalog.register(CALLER, KEY, at("10.0.0.2"));

        TxnResult late = local.store.commit(held.getFirst()).join();

        assertThat(late.succeeded()).isFalse();
        assertThat(catalog.getInstance(CALLER, KEY)).isEqualTo(acknowledged.instance());
    }

    @Test
    void tellsWhyTheLeaseWasRefused() {
        ServiceCatalog busy = catalog(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<LeaseGranted> grant(GrantLease command) {
                return CompletableFuture.failedFuture(new StoreOverloadedException(Duration.ofSeconds(1)));
            }
        });

        assertThatThrownBy(() -> busy.register(CALLER, KEY, at("10.0.0.1")))
                .isInstanceOf(StoreOverloadedException.class);
        assertThat(local.revision()).isZero();
    }

    @Test
    void renewsAnInstanceThatThisReplicaDoesNotShowYet() {
        ReadView before = local.store.view();
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        local.pass(TTL.minusSeconds(1));

        catalog(behind(before)).renew(CALLER, KEY);

        local.pass(TTL.minusSeconds(1));
        assertThat(catalog.findInstance(CALLER, KEY)).isPresent();
    }

    @Test
    void renewsTheLeaseThatAnInstanceHasMovedTo() {
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        ReadView before = local.store.view();
        catalog.register(CALLER, KEY, at("10.0.0.2"));
        local.pass(TTL.minusSeconds(1));

        catalog(behind(before)).renew(CALLER, KEY);

        local.pass(TTL.minusSeconds(1));
        assertThat(catalog.findInstance(CALLER, KEY)).isPresent();
    }

    @Test
    void doesNotRenewAnInstanceThatOnlyThisReplicaStillShows() {
        catalog.register(CALLER, KEY, at("10.0.0.1"));
        ReadView before = local.store.view();
        local.pass(TTL);

        assertThatThrownBy(() -> catalog(behind(before)).renew(CALLER, KEY))
                .isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void deregistersAnInstanceThatThisReplicaDoesNotShowYet() {
        ReadView before = local.store.view();
        catalog.register(CALLER, KEY, at("10.0.0.1"));

        catalog(behind(before)).deregister(CALLER, KEY);

        assertThat(catalog.findInstance(CALLER, KEY)).isEmpty();
        assertThat(local.leases()).isZero();
    }

    @Test
    void leavesOneLeaseAfterManyRacingRequests() throws Exception {
        ServiceCatalog shared = new ServiceCatalog(local.store, local.clock,
                () -> ThreadLocalRandom.current().nextLong());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String host = "10.0.0." + i;
                all.add(threads.submit(() -> race(shared, host)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        Registered last = catalog.register(CALLER, KEY, at("10.0.0.9"));
        assertThat(catalog.getInstance(CALLER, KEY)).isEqualTo(last.instance());
        assertThat(local.leases()).isEqualTo(1);
        catalog.renew(CALLER, KEY);
        local.pass(TTL);
        assertThat(local.leases()).isZero();
        assertThat(catalog.findInstance(CALLER, KEY)).isEmpty();
    }

    private static void race(ServiceCatalog shared, String host) {
        for (int i = 0; i < 200; i++) {
            try {
                shared.register(CALLER, KEY, at(host));
                if (i % 5 == 4) {
                    shared.deregister(CALLER, KEY);
                }
            } catch (RegistrationContendedException | InstanceNotFoundException e) {
                // The others were faster: that is what the race is for.
                continue;
            }
        }
    }

    /** Does something right before each of the first transactions. */
    private Store before(int times, Runnable something) {
        return new ForwardingStore(local.store) {
            private int left = times;

            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (left-- > 0) {
                    something.run();
                }
                return super.commit(txn);
            }
        };
    }

    /** Shows an old view to whoever asks for a local one. */
    private Store behind(ReadView old) {
        return new ForwardingStore(local.store) {
            @Override
            public ReadView view() {
                return old;
            }
        };
    }

    private static ServiceCatalog catalog(Store store) {
        Random seeded = new Random(SEEDS.nextLong());
        return new ServiceCatalog(store, new dev.roster.server.fixture.MovableClock(), seeded);
    }

    private static final Random SEEDS = new Random(42);

    private static Registration at(String host) {
        return new Registration(host, 8080, false, TTL, null, Map.of());
    }

    @Test
    void drawsAnotherIdThanTheOneThatMeansNoLease() {
        long[] drawn = {0, 7};
        int[] next = {0};
        ServiceCatalog unlucky = new ServiceCatalog(local.store, local.clock, () -> drawn[next[0]++]);

        unlucky.register(CALLER, KEY, at("10.0.0.1"));

        assertThat(local.store.findLease(new LeaseId(7))).isPresent();
    }
}
