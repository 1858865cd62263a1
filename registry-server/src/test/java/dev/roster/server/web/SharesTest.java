package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Shares shares = new Shares("streams", 2, Duration.ofSeconds(5), meters);

    @Test
    void refusesACallerThatHasItsShareAndNobodyElse() {
        shares.take("eve at 10.0.0.1");
        shares.take("eve at 10.0.0.1");

        assertThatThrownBy(() -> shares.take("eve at 10.0.0.1")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.report().kind()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
            assertThat(e.report().retryAfter()).isEqualTo(Duration.ofSeconds(5));
            assertThat(e.report().detail()).contains("2 streams");
        });
        assertThat(meters.get("roster.caller.refused").tag("what", "streams").counter().count()).isEqualTo(1);

        shares.take("eve at 10.0.0.2");
        shares.take("ann at 10.0.0.1");
        shares.give("eve at 10.0.0.1");
        shares.take("eve at 10.0.0.1");
    }

    @Test
    void remembersNobodyWhoHasNothing() {
        shares.take("ann");
        shares.give("ann");
        shares.give("ann");

        assertThat(shares.holders()).isZero();
    }

    @Test
    void countsRightWhenManyTakeAndGiveAtOnce() {
        Shares wide = new Shares("requests", 1000, Duration.ofSeconds(1), meters);

        IntStream.range(0, 10_000).parallel().forEach(i -> {
            wide.take("caller " + i % 3);
            wide.give("caller " + i % 3);
        });

        assertThat(wide.holders()).isZero();
    }

    @Test
    void tellsTheSameUserAtTwoAddressesApart() {
        assertThat(Shares.holder(caller("10.0.0.1"))).isNotEqualTo(Shares.holder(caller("10.0.0.2")));
    }

    private static Caller caller(String address) {
        return new Caller("ann", Role.READER, Caller.Means.PASSWORD, address, null);
    }
}
