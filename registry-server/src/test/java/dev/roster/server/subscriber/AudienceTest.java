package dev.roster.server.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Key;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three members over one store. Time passes only while somebody waits, and then as a test says. */
class AudienceTest {
    private static final Caller CALLER = Callers.of(Role.READER);
    private static final ServiceKey ORDERS = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LocalStore local = new LocalStore();
    private final FakePeers network = new FakePeers();
    private final Queue<Runnable> meanwhile = new ArrayDeque<>();
    private final Member one = new Member("m1");
    private final Member two = new Member("m2");
    private final Member three = new Member("m3");
    private long nanos;

    private final class Member {
        private final Subscribers subscribers;
        private final Audience audience;

        Member(String name) {
            subscribers = new Subscribers(name, local.clock, new Random(name.hashCode()), new SimpleMeterRegistry());
            audience = new Audience(subscribers, network.join(name), local.store, () -> nanos, time -> {
                nanos += time.toNanos();
                Runnable next = meanwhile.poll();
                if (next != null) {
                    next.run();
                }
            });
        }

        Subscribers.Connection connect(@Nullable String name, long acknowledged) {
            return subscribers.connect(CALLER, name == null ? null : new SubscriberName(name), List.of(ORDERS),
                    acknowledged);
        }
    }

    @BeforeEach
    void writeTen() {
        IntStream.range(0, 10).forEach(i -> Outcome.await(
                local.store.commit(Txn.of(new PutKey(Key.of("k"), Value.of("" + i))))));
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void listsTheSubscribersOfAllMembers() {
        one.connect("a", 5);
        two.connect("b", 3);
        three.connect(null, 0);

        Attendance all = one.audience.list(CALLER, ORDERS, 10);

        assertThat(all.acknowledging()).isEqualTo(2);
        assertThat(all.silent()).isEqualTo(1);
        assertThat(all.subscribers()).extracting(one -> one.watch().member(), Subscriber::acknowledged)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("m2", 3L),
                        org.assertj.core.groups.Tuple.tuple("m1", 5L), org.assertj.core.groups.Tuple.tuple("m3", 0L));
        assertThat(all.subscribers()).isEqualTo(two.audience.list(CALLER, ORDERS, 10).subscribers());
        assertThat(one.audience.list(CALLER, ORDERS, 1).subscribers()).hasSize(1);
        assertThat(one.audience.list(CALLER, ORDERS, 1).found()).isEqualTo(3);
    }

    @Test
    void namesMembersThatDoNotAnswer() {
        two.connect("b", 3);
        network.silent.add("m2");

        Attendance all = one.audience.list(CALLER, ORDERS, 10);

        assertThat(all.subscribers()).isEmpty();
        assertThat(all.unheard()).containsExactly("m2");
        assertThat(all.isNobody()).isFalse();
    }

    @Test
    void takesAcknowledgementsAtAnyMember() {
        WatchId watch = two.connect("b", 3).id();

        assertThat(one.audience.acknowledge(CALLER, watch, 7)).isTrue();
        assertThat(two.audience.acknowledge(CALLER, watch, 8)).isTrue();

        assertThat(three.audience.list(CALLER, ORDERS, 10).subscribers()).extracting(Subscriber::acknowledged)
                .containsExactly(8L);
    }

    @Test
    void refusesAcknowledgementsThatCannotBe() {
        WatchId watch = two.connect("b", 3).id();

        for (Member member : List.of(one, two)) {
            assertThatThrownBy(() -> member.audience.acknowledge(CALLER, watch, 11))
                    .isInstanceOfSatisfying(InvalidArgumentException.class,
                            e -> assertThat(e.field()).isEqualTo("revision"));
            assertThatThrownBy(() -> member.audience.acknowledge(CALLER, watch, -1))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThat(member.audience.acknowledge(Callers.of(Role.ADMIN), watch, 7)).isFalse();
        }
        assertThat(one.audience.acknowledge(CALLER, new WatchId(1, "m1"), 7)).isFalse();
        assertThat(one.audience.acknowledge(CALLER, new WatchId(1, "m9"), 7)).isFalse();
        network.silent.add("m2");
        assertThatThrownBy(() -> one.audience.acknowledge(CALLER, watch, 7))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(two.subscribers.of(ORDERS)).extracting(Subscriber::acknowledged).containsExactly(3L);
    }

    @Test
    void waitsUntilEverybodyHasAcknowledged() {
        WatchId here = one.connect("a", 9).id();
        WatchId there = two.connect("b", 3).id();
        one.connect(null, 0);
        meanwhile.add(() -> two.audience.acknowledge(CALLER, here, 10));
        meanwhile.add(() -> two.audience.acknowledge(CALLER, there, 9));
        meanwhile.add(() -> two.audience.acknowledge(CALLER, there, 10));

        Attendance late = one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5);

        assertThat(late.isNobody()).isTrue();
        assertThat(late.acknowledging()).isEqualTo(2);
        assertThat(late.silent()).isEqualTo(1);
        assertThat(meanwhile).isEmpty();
        assertThat(nanos).isLessThan(PATIENCE.toNanos());
    }

    @Test
    void doesNotWaitForAnybodyWhenThereIsNobody() {
        assertThat(one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5).isNobody()).isTrue();
        assertThat(nanos).isZero();
    }

    @Test
    void tellsWhoHasNotAcknowledgedInTime() {
        one.connect("a", 10);
        two.connect("b", 3);
        three.connect("c", 2);

        Attendance late = one.audience.await(CALLER, ORDERS, 10, PATIENCE, 1);

        assertThat(nanos).isEqualTo(PATIENCE.toNanos());
        assertThat(late.isNobody()).isFalse();
        assertThat(late.acknowledging()).isEqualTo(3);
        assertThat(late.found()).isEqualTo(2);
        assertThat(late.subscribers()).extracting(Subscriber::name).containsExactly(new SubscriberName("c"));
    }

    @Test
    void waitsForAMemberThatDoesNotAnswer() {
        network.silent.add("m3");
        meanwhile.add(() -> {});
        meanwhile.add(network.silent::clear);

        assertThat(one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5).isNobody()).isTrue();
        assertThat(meanwhile).isEmpty();

        network.silent.add("m3");
        Attendance late = one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5);
        assertThat(late.unheard()).containsExactly("m3");
        assertThat(late.isNobody()).isFalse();
    }

    @Test
    void waitsForAReaderWhoseStreamHasJustEnded() {
        one.connect("a", 3).close();
        meanwhile.add(() -> assertThat(two.connect("a", 3).id()).isNotNull());
        meanwhile.add(() -> two.subscribers.of(ORDERS)
                .forEach(back -> assertThat(three.audience.acknowledge(CALLER, back.watch(), 10)).isTrue()));

        Attendance late = one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5);

        assertThat(late.isNobody()).as("the reader is back at another member, and counts once").isTrue();
        assertThat(late.acknowledging()).isEqualTo(1);
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void doesNotWaitForAReaderWhoIsForgotten() {
        one.connect("a", 3).close();
        meanwhile.add(() -> local.clock.advance(Subscribers.MEMORY.plusNanos(1)));

        assertThat(one.audience.await(CALLER, ORDERS, 10, PATIENCE, 5).isNobody()).isTrue();
    }

    @Test
    void givesUpWhenItIsInterrupted() {
        one.connect("a", 3);
        Audience audience = new Audience(one.subscribers, network.join("m4"), local.store, () -> nanos, _ -> {
            throw new InterruptedException("the server stops");
        });

        assertThat(audience.await(CALLER, ORDERS, 10, PATIENCE, 5).isNobody()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
