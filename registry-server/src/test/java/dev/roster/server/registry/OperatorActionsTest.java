package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.OperatorActions.Change;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorActionsTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final InstanceAction RELEASE = new InstanceAction.Release();
    private static final InstanceAction REMOVE = new InstanceAction.Remove();

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final InstanceHealth health = new InstanceHealth(local.store, local.clock, new Random(2));
    private final OperatorActions actions = new OperatorActions(local.store, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void letsAnOperatorsWordCount() {
        register("orders", "i1", "10.0.0.1", Map.of("a", "1", "b", "2"));

        Changes changes = actions.apply(EDITOR, key("orders", "i1"),
                overrule(InstanceStatus.DRAINING, 0.5, Map.of("b", "3")));

        assertThat(changes.changes()).singleElement().satisfies(change -> {
            assertThat(change.before().status()).isEqualTo(InstanceStatus.UP);
            assertThat(change.after()).isEqualTo(instance("orders", "i1"));
        });
        assertThat(changes.revision()).isEqualTo(local.revision());
        assertThat(instance("orders", "i1")).satisfies(instance -> {
            assertThat(instance.status()).isEqualTo(InstanceStatus.DRAINING);
            assertThat(instance.statusSource()).isEqualTo(StatusSource.OVERRIDDEN);
            assertThat(instance.weight()).isEqualTo(0.5);
            assertThat(instance.metadata()).isEqualTo(Map.of("a", "1", "b", "3"));
            assertThat(instance.registration().traits().weight()).isEqualTo(1);
        });

        actions.apply(EDITOR, key("orders", "i1"), RELEASE);
        assertThat(instance("orders", "i1").status()).isEqualTo(InstanceStatus.UP);
        assertThat(instance("orders", "i1").metadata()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void keepsAnOperatorsWordOverRegistrationsAndChecksButNotOverTheEnd() {
        Check check = new Check(new CheckId("c"), new CheckMethod.Report(TTL), CheckStatus.PASSING, null);
        register("orders", "i1", "10.0.0.1", Map.of(), check);
        actions.apply(EDITOR, key("orders", "i1"), overrule(InstanceStatus.UP, null, Map.of()));

        health.report(APPLICATION, key("orders", "i1"), check.id(), CheckStatus.CRITICAL, "");
        register("orders", "i1", "10.0.0.1", Map.of(), check);
        assertThat(instance("orders", "i1").status()).isEqualTo(InstanceStatus.UP);

        local.pass(TTL);
        register("orders", "i1", "10.0.0.1", Map.of(), check);
        assertThat(instance("orders", "i1").interventions()).isEqualTo(Interventions.NONE);
    }

    @Test
    void leavesTheLeaseAsItIs() {
        register("orders", "i1", "10.0.0.1", Map.of());
        local.pass(TTL.minusSeconds(1));
        actions.apply(EDITOR, key("orders", "i1"), overrule(null, 2.0, Map.of()));
        assertThat(local.leases()).isEqualTo(1);

        local.pass(Duration.ofSeconds(1));
        assertThat(catalog.findInstance(EDITOR, key("orders", "i1"))).isEmpty();
    }

    @Test
    void writesNothingWhenThereIsNothingToDo() {
        register("orders", "i1", "10.0.0.1", Map.of());
        long revision = local.revision();

        assertThat(actions.apply(EDITOR, key("orders", "i1"), RELEASE).changes()).isEmpty();
        assertThat(actions.applyToAll(EDITOR, NamespaceName.DEFAULT, filter("service == other"), REMOVE).changes())
                .isEmpty();
        assertThatThrownBy(() -> actions.apply(EDITOR, key("orders", "i2"), RELEASE))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThat(local.revision()).isEqualTo(revision);
    }

    @Test
    void previewsWhatItDoesThenToAllThatTheFilterChooses() {
        for (int i = 0; i < 600; i++) {
            register(i % 2 == 0 ? "orders" : "billing", "i%03d".formatted(i), "10.0.0." + i % 3, Map.of());
        }
        InstanceFilter filter = filter("service == orders and host != 10.0.0.1");
        long revision = local.revision();

        Changes preview = actions.preview(EDITOR, NamespaceName.DEFAULT, filter, REMOVE);
        assertThat(preview.revision()).isEqualTo(revision);
        assertThat(local.revision()).isEqualTo(revision);
        assertThat(preview.changes()).hasSize(200).allSatisfy(change -> assertThat(change.after()).isNull());

        Changes done = actions.applyToAll(EDITOR, NamespaceName.DEFAULT, filter, REMOVE);
        assertThat(done.changes()).isEqualTo(preview.changes());
        assertThat(catalog.getService(EDITOR, key("orders", "x").service()).instances()).hasSize(100);
        assertThat(catalog.getService(EDITOR, key("billing", "x").service()).instances()).hasSize(300);

        Changes parts = actions.applyToAll(EDITOR, NamespaceName.DEFAULT, InstanceFilter.EVERY,
                overrule(null, 0.0, Map.of()));
        assertThat(parts.changes()).hasSize(400);
        assertThat(parts.revision()).as("in two parts").isEqualTo(done.revision() + 2);
        assertThat(parts.changes()).extracting(change -> change.before().key().toString()).isSorted();
    }

    @Test
    void looksAgainAtWhatHasChangedMeanwhile() {
        register("orders", "i1", "10.0.0.1", Map.of("track", "blue"));
        register("orders", "i2", "10.0.0.2", Map.of("track", "blue"));
        register("orders", "i3", "10.0.0.3", Map.of("track", "blue"));
        AtomicBoolean first = new AtomicBoolean(true);
        OperatorActions raced = new OperatorActions(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (first.getAndSet(false)) {
                    register("orders", "i1", "10.0.0.1", Map.of("track", "green"));
                    register("orders", "i2", "10.0.0.9", Map.of("track", "blue"));
                    catalog.deregister(APPLICATION, key("orders", "i3"));
                }
                return super.commit(txn);
            }
        }, local.clock);

        Changes changes = raced.applyToAll(EDITOR, NamespaceName.DEFAULT, filter("metadata.track == blue"),
                overrule(InstanceStatus.DRAINING, null, Map.of()));

        assertThat(changes.changes()).singleElement().extracting(Change::after)
                .isEqualTo(instance("orders", "i2"));
        assertThat(instance("orders", "i1").status()).isEqualTo(InstanceStatus.UP);
        assertThat(instance("orders", "i2").registration().endpoint().host()).isEqualTo("10.0.0.9");
    }

    @Test
    void demandsAnEditorAndAWord() {
        register("orders", "i1", "10.0.0.1", Map.of());

        assertThatThrownBy(() -> actions.apply(APPLICATION, key("orders", "i1"), RELEASE))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> actions.preview(APPLICATION, NamespaceName.DEFAULT, InstanceFilter.EVERY, RELEASE))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> actions.applyToAll(APPLICATION, NamespaceName.DEFAULT, InstanceFilter.EVERY, REMOVE))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> overrule(null, null, Map.of())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> overrule(null, -1.0, Map.of())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> overrule(null, null, Map.of("", ""))).isInstanceOf(InvalidArgumentException.class);
    }

    private void register(String service, String id, String host, Map<String, String> metadata, Check... checks) {
        catalog.register(APPLICATION, key(service, id), new Registration(new Endpoint(host, 1, false, Map.of()), TTL,
                InstanceStatus.UP, new Traits(null, null, null, List.of(), 1, metadata), List.of(checks)));
    }

    private InstanceAction overrule(@Nullable InstanceStatus status, @Nullable Double weight,
            Map<String, String> metadata) {
        return new InstanceAction.Overrule(
                new OperatorOverride(status, weight, metadata, "why", "ann", local.clock.instant()));
    }

    private RegisteredInstance instance(String service, String id) {
        return catalog.getInstance(EDITOR, key(service, id));
    }

    private static InstanceFilter filter(String text) {
        return InstanceFilter.parse("filter", text);
    }

    private static InstanceKey key(String service, String id) {
        return new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName(service)), new InstanceId(id));
    }
}
