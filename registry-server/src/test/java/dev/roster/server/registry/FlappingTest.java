package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlappingTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final ServiceKey SERVICE = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));
    private static final InstanceKey INSTANCE = new InstanceKey(SERVICE, new InstanceId("i1"));
    private static final Check CHECK = new Check(new CheckId("alive"), new CheckMethod.Report(Duration.ofSeconds(10)),
            CheckStatus.PASSING, null);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final InstanceHealth health = new InstanceHealth(local.store, local.clock, new Random(2));
    private final ServiceDefinitions definitions = new ServiceDefinitions(local.store, local.clock);

    @BeforeEach
    void register() {
        say(InstanceStatus.UP);
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void keepsAnInstanceOutThatChangesTooOften() {
        turn(5);
        assertThat(instance().statusSource()).isEqualTo(StatusSource.CHECKED);
        assertThat(instance().isFlapping()).isFalse();

        turn(1);

        assertThat(instance().status()).as("its check passes").isEqualTo(InstanceStatus.DOWN);
        assertThat(instance().statusSource()).isEqualTo(StatusSource.FLAPPING);
        assertThat(instance().isFlapping()).isTrue();
        assertThat(instance().statusChanges()).isEqualTo(6);
    }

    @Test
    void letsItComeBackWhenNothingHasChangedForAWhile() {
        turn(6);
        local.clock.advance(Duration.ofSeconds(59));
        assertThat(health.isSteadyAgain(instance())).isFalse();
        assertThat(health.settle(INSTANCE)).isFalse();
        turn(2);
        local.clock.advance(Duration.ofSeconds(59));
        assertThat(health.settle(INSTANCE)).as("every change begins the time anew").isFalse();

        local.clock.advance(Duration.ofSeconds(1));
        assertThat(health.isSteadyAgain(instance())).isTrue();
        assertThat(health.settle(INSTANCE)).isTrue();

        assertThat(instance().status()).isEqualTo(InstanceStatus.UP);
        assertThat(instance().isFlapping()).isFalse();
        assertThat(instance().statusChanges()).as("it starts afresh").isZero();
        assertThat(instance().statusSince()).isEqualTo(local.clock.instant());
        long revision = local.revision();
        assertThat(health.settle(INSTANCE)).isFalse();
        assertThat(local.revision()).isEqualTo(revision);
    }

    @Test
    void isDownBecauseOfItsChecksWhenThoseSaySo() {
        turn(7);

        assertThat(instance().isFlapping()).isTrue();
        assertThat(instance().status()).isEqualTo(InstanceStatus.DOWN);
        assertThat(instance().statusSource()).isEqualTo(StatusSource.CHECKED);
    }

    @Test
    void forgetsChangesBeforeTheWindow() {
        for (int i = 0; i < 20; i++) {
            turn(1);
            local.clock.advance(Duration.ofSeconds(61));
        }

        assertThat(instance().isFlapping()).isFalse();
        assertThat(instance().statusChanges()).isEqualTo(5);
    }

    @Test
    void countsWhatAnInstanceSaysOfItselfAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            say(InstanceStatus.DOWN);
            say(InstanceStatus.UP);
        }

        assertThat(instance().statusSource()).isEqualTo(StatusSource.FLAPPING);
        say(InstanceStatus.UP);
        assertThat(instance().isFlapping()).as("to register again is no way out").isTrue();
    }

    @Test
    void countsWhatAnInstanceSaysOfItsStatusAlone() {
        InstanceStates states = new InstanceStates(local.store, local.clock);
        for (int i = 0; i < 3; i++) {
            states.say(EDITOR, INSTANCE, InstanceStatus.DOWN);
            states.say(EDITOR, INSTANCE, InstanceStatus.UP);
        }

        assertThat(instance().statusSource()).isEqualTo(StatusSource.FLAPPING);
        assertThat(states.say(EDITOR, INSTANCE, InstanceStatus.WARNING).status()).isEqualTo(InstanceStatus.DOWN);
    }

    @Test
    void canBeDrainedAndIsNotLetBackThen() {
        turn(6);

        RegisteredInstance drained = new InstanceStates(local.store, local.clock).say(EDITOR, INSTANCE,
                InstanceStatus.DRAINING);

        assertThat(drained.status()).isEqualTo(InstanceStatus.DRAINING);
        assertThat(drained.statusSource()).isEqualTo(StatusSource.REGISTERED);
        local.clock.advance(Duration.ofMinutes(1));
        assertThat(health.settle(INSTANCE)).isTrue();
        assertThat(instance().status()).isEqualTo(InstanceStatus.DRAINING);
        assertThat(instance().healthySince()).isEqualTo(instance().registeredAt());
    }

    @Test
    void canBeDrainedByAnOperator() {
        turn(6);

        new OperatorActions(local.store, local.clock).apply(EDITOR, INSTANCE,
                new InstanceAction.Drain("ticket", "ann", local.clock.instant()));

        assertThat(instance().status()).isEqualTo(InstanceStatus.DRAINING);
        assertThat(instance().statusSource()).isEqualTo(StatusSource.OVERRIDDEN);
        assertThat(instance().isFlapping()).isTrue();
    }

    @Test
    void doesNotCountDeploysWarningsAndWhatOperatorsDecide() {
        OperatorActions operators = new OperatorActions(local.store, local.clock);
        for (int i = 0; i < 10; i++) {
            say(InstanceStatus.STARTING);
            say(InstanceStatus.UP);
            say(InstanceStatus.WARNING);
            say(InstanceStatus.DRAINING);
            operators.apply(EDITOR, INSTANCE, overrule(InstanceStatus.DOWN));
            operators.apply(EDITOR, INSTANCE, new InstanceAction.Release());
        }

        assertThat(instance().statusChanges()).isZero();
    }

    @Test
    void doesNotCountWhileItsHostIsWorkedOn() {
        new HostMaintenances(local.store, local.clock).begin(EDITOR, NamespaceName.DEFAULT, "h", "disk");
        turn(10);

        assertThat(instance().statusChanges()).isZero();
    }

    @Test
    void letsTheWordOfAnOperatorCount() {
        turn(6);

        new OperatorActions(local.store, local.clock).apply(EDITOR, INSTANCE, overrule(InstanceStatus.UP));

        assertThat(instance().status()).isEqualTo(InstanceStatus.UP);
        assertThat(instance().isFlapping()).isTrue();
    }

    @Test
    void doesAsTheServiceSays() {
        define(new FlapRules(2, Duration.ofSeconds(10), Duration.ofSeconds(1)));
        turn(2);
        assertThat(instance().statusSource()).isEqualTo(StatusSource.FLAPPING);
        local.clock.advance(Duration.ofSeconds(1));
        assertThat(health.isSteadyAgain(instance())).isTrue();

        define(new FlapRules(0, Duration.ofSeconds(10), Duration.ofDays(1)));
        assertThat(health.settle(INSTANCE)).as("none flaps any more").isTrue();
        turn(50);
        assertThat(instance().isFlapping()).isFalse();
        assertThat(instance().status()).isEqualTo(InstanceStatus.UP);
    }

    @Test
    void keepsTheTimeOfNoMoreChangesThanItMay() {
        define(new FlapRules(20, Duration.ofDays(1), Duration.ofDays(1)));
        turn(100);

        assertThat(instance().statusChanges()).isEqualTo(FlapRules.MAX_CHANGES);
    }

    @Test
    void waitsLongerWhenTheClockOfAnotherMemberIsAhead() {
        turn(6);
        local.clock.advance(Duration.ofMinutes(-10));

        assertThat(health.isSteadyAgain(instance())).isFalse();

        local.clock.advance(Duration.ofMinutes(11));
        assertThat(health.isSteadyAgain(instance())).isTrue();
    }

    @Test
    void refusesRulesThatMakeNoSense() {
        assertRefused("flapping.changes", 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertRefused("flapping.changes", 21, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertRefused("flapping.changes", -1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertRefused("flapping.window", 2, Duration.ofSeconds(9), Duration.ofMinutes(1));
        assertRefused("flapping.window", 2, Duration.ofHours(25), Duration.ofMinutes(1));
        assertRefused("flapping.quiet", 2, Duration.ofMinutes(1), Duration.ofMillis(999));
        assertRefused("flapping.quiet", 2, Duration.ofMinutes(1), Duration.ofHours(25));
    }

    private static void assertRefused(String field, int changes, Duration window, Duration quiet) {
        assertThatThrownBy(() -> new FlapRules(changes, window, quiet))
                .isInstanceOfSatisfying(InvalidArgumentException.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private InstanceAction overrule(InstanceStatus status) {
        return new InstanceAction.Overrule(
                new OperatorOverride(status, null, Map.of(), "", "ann", local.clock.instant()));
    }

    private void define(FlapRules rules) {
        definitions.define(EDITOR, SERVICE,
                new ServiceDefinition(0, null, false, Map.of(), Map.of(), Duration.ZERO, rules));
    }

    /** Has the check say the other thing, so many times. */
    private void turn(int times) {
        for (int i = 0; i < times; i++) {
            boolean passes = instance().checks().getFirst().status() == CheckStatus.PASSING;
            health.record(INSTANCE, CHECK, passes ? CheckStatus.CRITICAL : CheckStatus.PASSING, "");
        }
    }

    private void say(InstanceStatus status) {
        catalog.register(EDITOR, INSTANCE, new Registration(new Endpoint("h", 1, false, Map.of()), null, status,
                Traits.NONE, List.of(CHECK)));
    }

    private RegisteredInstance instance() {
        return catalog.getInstance(EDITOR, INSTANCE);
    }
}
