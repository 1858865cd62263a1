package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Lease;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.raft.LeaseDeadlines.Census;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseDeadlinesTest {

    private static final LeaseId A = new LeaseId(1);
    private static final LeaseId B = new LeaseId(2);
    private static final Duration TTL = Duration.ofSeconds(10);

    // Near the overflow of nanoTime, which may be any number.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final LeaseDeadlines deadlines = new LeaseDeadlines(nanos::get);

    @Test
    void endsALeaseAtItsDeadlineAndNotBefore() {
        deadlines.start(A, TTL);

        pass(TTL.minusNanos(1));
        assertThat(deadlines.takeExpired(10)).isEmpty();

        pass(Duration.ofNanos(1));
        assertThat(deadlines.takeExpired(10)).containsExactly(A);
    }

    @Test
    void givesAFullPeriodFromEachKeepAlive() {
        deadlines.start(A, TTL);
        pass(Duration.ofSeconds(9));

        assertThat(deadlines.renew(A)).isTrue();

        pass(Duration.ofSeconds(9));
        assertThat(deadlines.takeExpired(10)).isEmpty();
    }

    @Test
    void doesNotBringBackALeaseWhoseEndIsProposed() {
        deadlines.start(A, TTL);
        pass(TTL);
        deadlines.takeExpired(10);

        assertThat(deadlines.renew(A)).isFalse();
        assertThat(deadlines.takeExpired(10)).isEmpty();
    }

    @Test
    void judgesAgainWhenTheEndCouldNotBeProposed() {
        deadlines.start(A, TTL);
        pass(TTL);
        deadlines.takeExpired(10);

        deadlines.putBack(List.of(A));

        assertThat(deadlines.takeExpired(10)).containsExactly(A);
    }

    @Test
    void givesEveryLeaseAFullPeriodWhenItBegins() {
        deadlines.start(A, TTL);
        pass(Duration.ofSeconds(9));

        deadlines.begin(List.of(new Lease(A, TTL), new Lease(B, TTL)));

        pass(Duration.ofSeconds(9));
        assertThat(deadlines.takeExpired(10)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(deadlines.takeExpired(10)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void takesNoMoreThanTheLimit() {
        deadlines.start(A, TTL);
        deadlines.start(B, TTL);
        pass(TTL);

        assertThat(deadlines.takeExpired(1)).hasSize(1);
        assertThat(deadlines.takeExpired(1)).hasSize(1);
        assertThat(deadlines.takeExpired(1)).isEmpty();
    }

    @Test
    void doesNotKnowALeaseThatWasRemovedOrNeverStarted() {
        deadlines.start(A, TTL);
        deadlines.remove(List.of(A));

        assertThat(deadlines.renew(A)).isFalse();
        assertThat(deadlines.renew(B)).isFalse();
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void countsWhatIsOverdueHoweverLittleTimeHasPassedSinceTheLastCount() {
        deadlines.start(A, TTL);
        pass(TTL.minusMillis(1));
        deadlines.start(B, GrantLease.MIN_TTL);
        assertThat(deadlines.census()).isEqualTo(new Census(2, 0));

        pass(Duration.ofMillis(1));
        assertThat(deadlines.census()).isEqualTo(new Census(2, 1));

        deadlines.takeExpired(10);
        assertThat(deadlines.census()).isEqualTo(new Census(1, 0));
        deadlines.putBack(List.of(A));
        assertThat(deadlines.census()).isEqualTo(new Census(2, 1));

        deadlines.remove(List.of(A));
        assertThat(deadlines.census()).isEqualTo(new Census(1, 0));
        pass(GrantLease.MIN_TTL);
        assertThat(deadlines.census()).isEqualTo(new Census(1, 1));
    }

    @Test
    void countsALeaseThatIsGrantedAfterACountWithoutAny() {
        assertThat(deadlines.census()).isEqualTo(new Census(0, 0));

        pass(Duration.ofMillis(1));
        deadlines.start(A, GrantLease.MIN_TTL);
        assertThat(deadlines.census()).isEqualTo(new Census(1, 0));

        pass(GrantLease.MIN_TTL);
        assertThat(deadlines.census()).isEqualTo(new Census(1, 1));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
