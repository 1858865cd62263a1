package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader's judgement of leases, above all when many lapse at once. Time is moved by hand, a tenth of a second a look. */
class LeaseWardenTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final HoldBackRules RULES = new HoldBackRules(true, 0.15, 20, Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    private final StateMachine replica = StateMachine.empty();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long nanos = Long.MAX_VALUE - 1000;
    private LeaseWarden warden = warden(RULES);

    private LeaseWarden warden(HoldBackRules rules) {
        return new LeaseWarden(replica, this::apply, () -> nanos, rules, meters);
    }

    /** Proposals wait here while it is not null. */
    private @Nullable List<Proposal> held;

    private record Proposal(Command command, CompletableFuture<CommandResult> result) {}

    private CompletableFuture<CommandResult> apply(Command command) {
        if (held != null) {
            held.add(new Proposal(command, new CompletableFuture<>()));
            return held.getLast().result;
        }
        return CompletableFuture.completedFuture(replica.apply(Instant.EPOCH, command));
    }

    @BeforeEach
    void lead() {
        warden.lead(1);
    }

    private static List<LeaseId> ids(int from, int to) {
        List<LeaseId> ids = new ArrayList<>();
        for (int id = from; id <= to; id++) {
            ids.add(new LeaseId(id));
        }
        return ids;
    }

    private void grant(int number) {
        ids(1, number).forEach(id -> apply(new GrantLease(id, TTL)));
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(LOOK)) {
            nanos += LOOK.toNanos();
            warden.tick();
        }
    }

    private int alive() {
        return replica.leases().size();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    @Test
    void endsAUsualShareAtOnce() {
        grant(200);
        pass(Duration.ofSeconds(20));
        warden.renew(ids(31, 200));

        pass(Duration.ofSeconds(11));

        assertThat(alive()).isEqualTo(170);
        assertThat(warden.state().heldBack()).isFalse();
        assertThat(meters.get("roster.lease.expired").counter().count()).isEqualTo(30);
    }

    @Test
    void endsAnyShareOfFewLeases() {
        grant(19);

        pass(TTL.plus(LOOK));

        assertThat(alive()).isZero();
    }

    @Test
    void holdsBackAnUnusualShareAndSaysSo() {
        grant(200);
        pass(Duration.ofSeconds(20));
        warden.renew(ids(32, 200));

        pass(Duration.ofSeconds(12));

        assertThat(alive()).isEqualTo(200);
        ExpiryState state = warden.state();
        assertThat(state.heldBack()).isTrue();
        assertThat(state.leases()).isEqualTo(200);
        assertThat(state.overdue()).isEqualTo(31);
        assertThat(state.heldFor()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(gauge("roster.lease.held.back")).isEqualTo(1);
        assertThat(gauge("roster.lease.overdue")).isEqualTo(31);
        assertThat(gauge("roster.lease.live")).isEqualTo(200);
    }

    @Test
    void losesNoMoreThanTheThresholdWhenLeasesLapseOneAfterAnother() {
        for (LeaseId id : ids(1, 200)) {
            apply(new GrantLease(id, TTL));
            nanos += Duration.ofMillis(40).toNanos();
        }

        pass(TTL);

        assertThat(alive()).isBetween(165, 180);
        assertThat(warden.state().heldBack()).isTrue();
    }

    @Test
    void letsALeaseGoOnThatIsHeldBackAndKeptAlive() {
        grant(200);
        pass(TTL.plus(LOOK));
        assertThat(warden.state().heldBack()).isTrue();

        assertThat(warden.renew(ids(1, 200))).isEmpty();
        pass(Duration.ofSeconds(20));

        assertThat(alive()).isEqualTo(200);
        assertThat(warden.state().heldBack()).isFalse();
        assertThat(warden.state().overdue()).isZero();
    }

    @Test
    void endsTheRestOnceEnoughAreKeptAliveAgain() {
        grant(200);
        pass(TTL.plus(LOOK));

        warden.renew(ids(1, 169));
        pass(Duration.ofSeconds(5));
        assertThat(alive()).as("31 of 200 are still more than 15 %").isEqualTo(200);
        warden.renew(List.of(new LeaseId(170)));
        pass(Duration.ofSeconds(1));

        assertThat(alive()).isEqualTo(170);
        assertThat(warden.state().heldBack()).isFalse();
    }

    @Test
    void endsAllWhenAnOperatorReleasesThem() {
        grant(3000);
        pass(TTL.plus(LOOK));
        assertThat(alive()).isEqualTo(3000);

        warden.release();
        pass(Duration.ofSeconds(1));

        assertThat(alive()).isZero();
        assertThat(gauge("roster.lease.held.back")).isZero();
    }

    @Test
    void doesNotHoldBackAgainWhatFollowsARelease() {
        grant(200);
        pass(Duration.ofSeconds(25));
        warden.renew(ids(101, 200));
        pass(Duration.ofSeconds(6));
        warden.release();
        pass(Duration.ofSeconds(1));
        assertThat(alive()).isEqualTo(100);

        pass(Duration.ofSeconds(24));

        assertThat(alive()).as("25 s later the others lapse: that is a new case").isEqualTo(100);
        assertThat(warden.state().heldBack()).isTrue();
    }

    @Test
    void endsTogetherWhatLapsesSoonAfterARelease() {
        grant(200);
        pass(Duration.ofSeconds(5));
        warden.renew(ids(101, 200));
        pass(Duration.ofSeconds(26));
        warden.release();

        pass(Duration.ofSeconds(5));

        assertThat(alive()).isZero();
    }

    @Test
    void endsAllAfterTheLongestTime() {
        grant(200);
        pass(TTL);

        pass(RULES.maxHold().minusSeconds(1));
        assertThat(alive()).isEqualTo(200);
        pass(Duration.ofSeconds(2));

        assertThat(alive()).isZero();
    }

    @Test
    void neverHoldsBackWhatSomebodyRevokes() {
        grant(200);
        pass(TTL.plus(LOOK));

        apply(new RevokeLeases(ids(1, 150)));

        assertThat(alive()).isEqualTo(50);
    }

    @Test
    void givesAFullPeriodAndJudgesAnewAsANewLeader() {
        grant(200);
        pass(TTL.plus(LOOK));
        warden.follow();
        assertThat(warden.state()).isEqualTo(ExpiryState.NONE);

        warden.lead(2);
        warden.renew(ids(1, 180));
        pass(TTL.minusSeconds(1));
        assertThat(alive()).isEqualTo(200);
        warden.renew(ids(1, 180));
        pass(Duration.ofSeconds(2));

        assertThat(alive()).isEqualTo(180);
    }

    @Test
    void beginsToJudgeWhenItsClaimIsAppliedAndCeasesWithThatOfALaterLeader() {
        grant(10);
        held = new ArrayList<>();
        warden.lead(5);
        assertThat(warden.isLeading()).isFalse();
        assertThat(warden.renew(ids(1, 10))).as("nobody is told that it was in time").hasSize(10);

        held.forEach(claim -> replica.apply(Instant.EPOCH, claim.command));
        assertThat(warden.isLeading()).isTrue();
        assertThat(warden.renew(ids(1, 10))).isEmpty();

        replica.apply(Instant.EPOCH, new ExpireLeases(6, List.of()));
        assertThat(warden.isLeading()).isFalse();
    }

    @Test
    void claimsUntilItIsTold() {
        warden.follow();
        held = new ArrayList<>();
        warden.lead(5);
        pass(Duration.ofSeconds(1));
        assertThat(held).as("one at a time").hasSize(1);

        held.getFirst().result.completeExceptionally(new OutcomeUnknownException("no majority"));
        pass(Duration.ofSeconds(1));

        assertThat(held).hasSize(2);
        assertThat(held.getLast().command).isEqualTo(new ExpireLeases(5, List.of()));
    }

    @Test
    void endsNothingThatALaterLeaderJudges() {
        grant(10);
        held = new ArrayList<>();
        pass(TTL.plus(LOOK));
        Command late = held.getFirst().command;
        assertThat(late).isInstanceOf(ExpireLeases.class);

        replica.apply(Instant.EPOCH, new ExpireLeases(2, List.of()));
        replica.apply(Instant.EPOCH, late);

        assertThat(alive()).isEqualTo(10);
    }

    @Test
    void tellsNobodyThatALeaseIsKeptAliveWhoseEndMayBeInTheLog() {
        grant(10);
        held = new ArrayList<>();
        pass(TTL.plus(LOOK));
        held.getFirst().result.completeExceptionally(new OutcomeUnknownException("no majority"));

        assertThat(warden.renew(ids(1, 10))).hasSize(10);
        pass(LOOK);

        assertThat(held).as("it is tried again").hasSize(2);
        assertThat(held.getLast().command).isEqualTo(held.getFirst().command);
    }

    @Test
    void takesBackWhatWasNotProposed() {
        grant(10);
        held = new ArrayList<>();
        pass(TTL.plus(LOOK));
        held.getFirst().result.completeExceptionally(new StoreUnavailableException(LOOK));

        assertThat(warden.renew(ids(1, 10))).isEmpty();
    }

    @Test
    void holdsNothingBackWhenItIsOff() {
        warden = warden(new HoldBackRules(false, 0.15, 20, Duration.ofSeconds(10), Duration.ofMinutes(5)));
        warden.lead(2);
        grant(200);

        pass(TTL.plus(LOOK));

        assertThat(alive()).isZero();
    }

    @Test
    void refusesRulesThatMakeNoSense() {
        assertThatThrownBy(() -> new HoldBackRules(true, 0, 1, TTL, TTL)).isInstanceOf(InvalidCommandException.class)
                .hasMessage("threshold is 0.0, expected above 0 and at most 1");
        assertThatThrownBy(() -> new HoldBackRules(true, 1.1, 1, TTL, TTL)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new HoldBackRules(true, 1, 0, TTL, TTL)).hasMessageContaining("minimum");
        assertThatThrownBy(() -> new HoldBackRules(true, 1, 1, Duration.ZERO, TTL)).hasMessageContaining("window");
        assertThatThrownBy(() -> new HoldBackRules(true, 1, 1, TTL, Duration.ZERO)).hasMessageContaining("maxHold");
    }
}
