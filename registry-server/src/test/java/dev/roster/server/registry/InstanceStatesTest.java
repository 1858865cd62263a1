package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceStatesTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final InstanceKey KEY = new InstanceKey(
            new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("i1"));

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final InstanceStates states = new InstanceStates(local.store, local.clock);
    private final OperatorActions actions = new OperatorActions(local.store, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void comesIntoTheTrafficWhenItIsReady() {
        register(InstanceStatus.STARTING);
        local.clock.advance(Duration.ofSeconds(7));

        RegisteredInstance ready = states.say(APPLICATION, KEY, InstanceStatus.UP);

        assertThat(ready.status()).isEqualTo(InstanceStatus.UP);
        assertThat(ready.statusSince()).isEqualTo(local.clock.instant());
        assertThat(ready.healthySince()).isEqualTo(local.clock.instant());
        assertThat(ready.revision()).isEqualTo(local.revision());
        assertThat(catalog.getInstance(APPLICATION, KEY)).isEqualTo(ready);
        assertThat(catalog.renew(APPLICATION, List.of(KEY))).as("it lives on").isEmpty();
    }

    @Test
    void writesNothingThatWasSaidBefore() {
        register(InstanceStatus.UP);
        long revision = local.revision();

        assertThat(states.say(APPLICATION, KEY, InstanceStatus.UP).revision()).isEqualTo(revision);
        assertThat(local.revision()).isEqualTo(revision);
    }

    @Test
    void leavesTheWordOfAnOperatorAlone() {
        register(InstanceStatus.UP);
        actions.apply(EDITOR, KEY, new InstanceAction.Drain("ticket", "ann", local.clock.instant()));

        assertThat(states.say(APPLICATION, KEY, InstanceStatus.WARNING).status()).isEqualTo(InstanceStatus.DRAINING);

        actions.apply(EDITOR, KEY, new InstanceAction.Release());
        assertThat(catalog.getInstance(APPLICATION, KEY).status()).isEqualTo(InstanceStatus.WARNING);
    }

    @Test
    void drainsBesideWhatElseTheOperatorSaid() {
        register(InstanceStatus.UP);
        Instant then = local.clock.instant();
        actions.apply(EDITOR, KEY,
                new InstanceAction.Overrule(new OperatorOverride(null, 5.0, Map.of("a", "b"), "", "bob", then)));

        OperatorActions.Changes first = actions.apply(EDITOR, KEY, new InstanceAction.Drain("ticket", "ann", then));
        OperatorActions.Changes second = actions.apply(EDITOR, KEY, new InstanceAction.Drain("again", "eve", then));

        assertThat(first.changes()).singleElement().satisfies(change -> assertThat(change.after()).isNotNull());
        assertThat(second.changes()).isEmpty();
        assertThat(catalog.getInstance(APPLICATION, KEY).interventions().override()).isEqualTo(
                new OperatorOverride(InstanceStatus.DRAINING, 5.0, Map.of("a", "b"), "ticket", "ann", then));
    }

    @Test
    void remembersSinceWhenItIsHealthy() {
        register(InstanceStatus.STARTING);
        states.say(APPLICATION, KEY, InstanceStatus.UP);
        Instant healthy = local.clock.instant();
        local.clock.advance(Duration.ofSeconds(1));

        assertThat(states.say(APPLICATION, KEY, InstanceStatus.WARNING).healthySince()).isEqualTo(healthy);
        assertThat(states.say(APPLICATION, KEY, InstanceStatus.DOWN).healthySince()).isEqualTo(healthy);
        assertThat(states.say(APPLICATION, KEY, InstanceStatus.UP).healthySince()).isEqualTo(local.clock.instant());
    }

    @Test
    void refusesWhoIsNotThereOrMayNot() {
        assertThatThrownBy(() -> states.say(APPLICATION, KEY, InstanceStatus.UP))
                .isInstanceOf(InstanceNotFoundException.class);
        register(InstanceStatus.STARTING);
        assertThatThrownBy(() -> states.say(Callers.of(Role.READER), KEY, InstanceStatus.UP))
                .isInstanceOf(ForbiddenException.class);
        assertThat(catalog.getInstance(APPLICATION, KEY).status()).isEqualTo(InstanceStatus.STARTING);
    }

    private void register(InstanceStatus status) {
        catalog.register(APPLICATION, KEY, new Registration(new Endpoint("h", 1, false, Map.of()),
                Duration.ofSeconds(30), status, Traits.NONE, List.of()));
    }
}
