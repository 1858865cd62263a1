package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceHealthTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final InstanceKey KEY = new InstanceKey(
            new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("i1"));
    private static final Check ALIVE = check("alive", CheckStatus.CRITICAL);
    private static final Check DISK = check("disk", CheckStatus.PASSING);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final InstanceHealth health = new InstanceHealth(local.store, local.clock, new Random(2));

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void letsTheWorstOfTheChecksDecide() {
        register(InstanceStatus.UP, ALIVE, DISK);
        assertStatus(InstanceStatus.DOWN, StatusSource.CHECKED);

        report(ALIVE, CheckStatus.PASSING, "");
        assertStatus(InstanceStatus.UP, StatusSource.CHECKED);

        report(DISK, CheckStatus.WARNING, "90 %");
        assertStatus(InstanceStatus.WARNING, StatusSource.CHECKED);

        report(ALIVE, CheckStatus.CRITICAL, "dead");
        assertStatus(InstanceStatus.DOWN, StatusSource.CHECKED);
        assertThat(instance().checks()).extracting(CheckState::output).containsExactly("dead", "90 %");
    }

    @Test
    void letsTheInstanceSayThatItIsNotToBeCalledWhateverItsChecksSay() {
        register(InstanceStatus.STARTING, DISK);
        assertStatus(InstanceStatus.STARTING, StatusSource.REGISTERED);

        register(InstanceStatus.WARNING, DISK);
        assertStatus(InstanceStatus.WARNING, StatusSource.REGISTERED);
    }

    @Test
    void writesOnlyChangesOfStatus() {
        register(InstanceStatus.UP, ALIVE);
        report(ALIVE, CheckStatus.PASSING, "first");
        long revision = local.revision();
        Instant since = instance().checks().getFirst().since();

        for (int i = 0; i < 10; i++) {
            local.pass(Duration.ofSeconds(9));
            catalog.renew(CALLER, KEY);
            report(ALIVE, CheckStatus.PASSING, "again");
        }

        assertThat(local.revision()).isEqualTo(revision);
        assertThat(instance().checks().getFirst())
                .isEqualTo(new CheckState(ALIVE, CheckStatus.PASSING, "first", since));
        assertThat(health.isReported(KEY, ALIVE.id())).isTrue();
    }

    @Test
    void forgetsAReportAfterItsTime() {
        register(InstanceStatus.UP, ALIVE);
        assertThat(health.isReported(KEY, ALIVE.id())).isFalse();
        report(ALIVE, CheckStatus.WARNING, "");
        assertThat(health.isReported(KEY, ALIVE.id())).isTrue();

        local.pass(Duration.ofSeconds(10));
        assertThat(health.isReported(KEY, ALIVE.id())).isFalse();

        report(ALIVE, CheckStatus.WARNING, "");
        assertThat(health.isReported(KEY, ALIVE.id())).isTrue();
    }

    @Test
    void keepsResultsWhenAnInstanceRegistersAgainWithTheSameCheck() {
        register(InstanceStatus.UP, ALIVE, DISK);
        report(ALIVE, CheckStatus.PASSING, "fine");
        Instant since = instance().statusSince();
        local.pass(Duration.ofSeconds(1));

        register(InstanceStatus.UP, ALIVE, DISK);
        assertThat(instance().checks().getFirst().output()).isEqualTo("fine");
        assertThat(instance().statusSince()).isEqualTo(since);

        Check other = new Check(ALIVE.id(), new CheckMethod.Report(Duration.ofSeconds(11)), CheckStatus.CRITICAL, null);
        register(InstanceStatus.UP, DISK, other);
        assertThat(instance().checks()).extracting(CheckState::status).containsExactly(CheckStatus.PASSING,
                CheckStatus.CRITICAL);
        assertThat(instance().statusSince()).isEqualTo(local.clock.instant());
    }

    @Test
    void recordsNothingOfACheckThatIsAnotherByNow() {
        register(InstanceStatus.UP, DISK);
        Check before = new Check(DISK.id(), new CheckMethod.Report(Duration.ofSeconds(99)), CheckStatus.PASSING, null);

        assertThat(health.record(KEY, before, CheckStatus.CRITICAL, "late")).isFalse();

        assertStatus(InstanceStatus.UP, StatusSource.CHECKED);
        assertThat(health.record(KEY, DISK, CheckStatus.CRITICAL, "now")).isTrue();
        assertStatus(InstanceStatus.DOWN, StatusSource.CHECKED);
    }

    @Test
    void removesAnInstanceOnlyAsItWasSeen() {
        register(InstanceStatus.UP, DISK);
        RegisteredInstance seen = instance();
        report(DISK, CheckStatus.CRITICAL, "");

        assertThat(health.removeUnchanged(seen)).isFalse();
        assertThat(health.removeUnchanged(instance())).isTrue();
        assertThat(health.removeUnchanged(seen)).isFalse();
        assertThat(catalog.findInstance(CALLER, KEY)).isEmpty();
    }

    @Test
    void refusesReportsThatNobodyWaitsFor() {
        assertThatThrownBy(() -> report(ALIVE, CheckStatus.PASSING, "")).isInstanceOf(InstanceNotFoundException.class);
        register(InstanceStatus.UP, DISK);
        long revision = local.revision();

        assertThatThrownBy(() -> report(ALIVE, CheckStatus.PASSING, "")).isInstanceOfSatisfying(
                CheckNotFoundException.class, e -> assertThat(e.check()).isEqualTo(ALIVE.id()));
        assertThatThrownBy(() -> report(DISK, CheckStatus.CRITICAL, "x".repeat(4097)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(
                () -> health.report(Callers.of(Role.READER), KEY, DISK.id(), CheckStatus.CRITICAL, ""))
                .isInstanceOf(ForbiddenException.class);
        assertThat(local.revision()).isEqualTo(revision);
    }

    @Test
    void cutsLongOutputs() {
        register(InstanceStatus.UP, DISK);

        report(DISK, CheckStatus.CRITICAL, "x".repeat(510) + "\uD83D\uDE00y");

        assertThat(instance().checks().getFirst().output()).isEqualTo("x".repeat(510) + "…");
    }

    @Test
    void boundsChecks() {
        Check[] many = new Check[Registration.MAX_CHECKS + 1];
        Arrays.setAll(many, i -> check("c" + i, CheckStatus.PASSING));
        assertThatThrownBy(() -> register(InstanceStatus.UP, many)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> register(InstanceStatus.UP, DISK, DISK)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new CheckMethod.Report(Duration.ofMillis(999)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new Check(DISK.id(), DISK.method(), CheckStatus.PASSING, Duration.ofSeconds(59)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new CheckId("a/b")).isInstanceOf(InvalidArgumentException.class);
    }

    private void register(InstanceStatus status, Check... checks) {
        catalog.register(CALLER, KEY, new Registration(new Endpoint("h", 1, false, Map.of()), Duration.ofSeconds(30),
                status, Traits.NONE, List.of(checks)));
    }

    private void report(Check check, CheckStatus status, String output) {
        health.report(CALLER, KEY, check.id(), status, output);
    }

    private RegisteredInstance instance() {
        return catalog.getInstance(CALLER, KEY);
    }

    private void assertStatus(InstanceStatus status, StatusSource source) {
        assertThat(instance().status()).isEqualTo(status);
        assertThat(instance().statusSource()).isEqualTo(source);
    }

    private static Check check(String id, CheckStatus initial) {
        return new Check(new CheckId(id), new CheckMethod.Report(Duration.ofSeconds(10)), initial, null);
    }
}
