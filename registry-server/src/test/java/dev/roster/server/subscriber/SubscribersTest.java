package dev.roster.server.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.MovableClock;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Revision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribersTest {
    private static final Caller CALLER = Callers.of(Role.READER);
    private static final ServiceKey ORDERS = service("orders");
    private static final ServiceKey STOCK = service("stock");
    private static final SubscriberName ANN = new SubscriberName("ann");

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Subscribers subscribers = new Subscribers("m1", clock, new Random(1), meters);

    @Test
    void tellsWhoFollowsAService() {
        var both = subscribers.connect(CALLER, ANN, List.of(ORDERS, STOCK), 7);
        var silent = subscribers.connect(CALLER, null, List.of(STOCK), 0);

        assertThat(subscribers.of(ORDERS)).containsExactly(
                new Subscriber(both.id(), ANN, CALLER.name(), CALLER.address(), clock.instant(), true, 7));
        assertThat(subscribers.of(STOCK)).extracting(Subscriber::watch).containsExactlyInAnyOrder(both.id(),
                silent.id());
        assertThat(subscribers.of(service("none"))).isEmpty();
        assertThat(meters.get("roster.watch.subscribers").gauge().value()).isEqualTo(1);
    }

    @Test
    void notesTheGreatestAcknowledgement() {
        var connection = subscribers.connect(CALLER, ANN, List.of(ORDERS), 0);

        assertThat(subscribers.acknowledge(CALLER.name(), connection.id(), new Revision(9))).isTrue();
        assertThat(subscribers.acknowledge(CALLER.name(), connection.id(), new Revision(8))).isTrue();

        assertThat(acknowledged()).containsExactly(9L);
        assertThat(meters.counter("roster.watch.acknowledgements").count()).isEqualTo(2);
    }

    @Test
    void takesNoAcknowledgementOfAnotherCallerOrStream() {
        var connection = subscribers.connect(CALLER, ANN, List.of(ORDERS), 0);

        assertThat(subscribers.acknowledge("mallory", connection.id(), new Revision(9))).isFalse();
        assertThat(subscribers.acknowledge(CALLER.name(), new WatchId(1, "m1"), new Revision(9))).isFalse();
        connection.close();
        assertThat(subscribers.acknowledge(CALLER.name(), connection.id(), new Revision(9))).isFalse();

        assertThat(acknowledged()).containsExactly(0L);
    }

    @Test
    void remembersForAWhileWhoWillBeBack() {
        var connection = subscribers.connect(CALLER, ANN, List.of(ORDERS), 3);
        subscribers.connect(CALLER, null, List.of(ORDERS), 0).close();
        connection.close();
        connection.close();

        clock.advance(Subscribers.MEMORY);
        assertThat(subscribers.of(ORDERS)).singleElement().satisfies(one -> {
            assertThat(one.connected()).isFalse();
            assertThat(one.acknowledged()).isEqualTo(3);
        });

        clock.advance(Duration.ofNanos(1));
        assertThat(subscribers.of(ORDERS)).isEmpty();
    }

    @Test
    void forgetsTheStreamBeforeOfTheSameReader() {
        var first = subscribers.connect(CALLER, ANN, List.of(ORDERS, STOCK), 3);
        var second = subscribers.connect(CALLER, ANN, List.of(ORDERS), 5);

        assertThat(subscribers.of(ORDERS)).extracting(Subscriber::watch).containsExactly(second.id());
        assertThat(subscribers.of(STOCK)).isEmpty();

        first.close();
        assertThat(subscribers.of(ORDERS)).extracting(Subscriber::connected).containsExactly(true);
        second.close();
        subscribers.connect(CALLER, ANN, List.of(ORDERS), 6);
        clock.advance(Duration.ofMinutes(1));
        assertThat(acknowledged()).containsExactly(6L);
    }

    @Test
    void tellsReadersOfTheSameNameApartByTheirCaller() {
        subscribers.connect(CALLER, ANN, List.of(ORDERS), 3);
        subscribers.connect(Callers.of(Role.ADMIN), ANN, List.of(ORDERS), 5);

        assertThat(acknowledged()).containsExactlyInAnyOrder(3L, 5L);
    }

    @Test
    void boundsHowMuchIsFollowed() {
        List<ServiceKey> many = IntStream.range(0, 1000).mapToObj(i -> service("s" + i)).toList();
        for (int i = 1; i < Subscribers.MAX_FOLLOWED / 1000; i++) {
            subscribers.connect(CALLER, null, many, 0);
        }
        var last = subscribers.connect(CALLER, null, many, 0);

        assertThatThrownBy(() -> subscribers.connect(CALLER, null, List.of(ORDERS), 0))
                .isInstanceOf(TooManyFollowedException.class);

        last.close();
        subscribers.connect(CALLER, null, List.of(ORDERS), 0);
        assertThat(subscribers.of(ORDERS)).hasSize(1);
    }

    @Test
    void boundsHowManyAreRemembered() {
        for (int i = 0; i <= Subscribers.MAX_REMEMBERED; i++) {
            subscribers.connect(CALLER, new SubscriberName("n" + i), List.of(ORDERS), i).close();
        }

        assertThat(acknowledged()).hasSize(Subscribers.MAX_REMEMBERED).doesNotContain(0L);
    }

    @Test
    void readsWhatItWritesOfIds() {
        WatchId id = new WatchId(-5, "member-1");

        assertThat(WatchId.parse(id.toString())).isEqualTo(id);
        assertThat(id.toString()).isEqualTo("fffffffffffffffb-member-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "fffffffffffffffb", "fffffffffffffffb-", "fffffffffffffffb-A",
            "FFFFFFFFFFFFFFFB-a",
            "ffffffffffffffb-a"})
    void refusesWhatIsNoId(String text) {
        assertThatThrownBy(() -> WatchId.parse(text)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("watch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a/b"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> new SubscriberName(text)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("subscriber"));
        assertThatThrownBy(() -> new SubscriberName("a".repeat(129))).isInstanceOf(InvalidArgumentException.class);
    }

    private List<Long> acknowledged() {
        return subscribers.of(ORDERS).stream().map(Subscriber::acknowledged).toList();
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(name));
    }
}
