package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.EDITOR;
import static dev.roster.server.coordination.CoordinationFixture.READER;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.ForbiddenException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final CounterKey ORDERS = new CounterKey(SPACE, new ObjectName("orders"));

    private final CoordinationFixture coordination = new CoordinationFixture();
    private final Counters counters = new Counters(coordination.local.store);

    @AfterEach
    void close() {
        coordination.close();
    }

    @Test
    void isZeroUntilSomebodyChangesIt() {
        assertThat(counters.get(READER, ORDERS)).isEqualTo(new Counted(ORDERS, 0, 0));

        assertThat(counters.add(APPLICATION, ORDERS, -5).value()).isEqualTo(-5);
        assertThat(counters.add(APPLICATION, ORDERS, 7).value()).isEqualTo(2);

        assertThat(counters.get(READER, ORDERS)).isEqualTo(new Counted(ORDERS, 2, coordination.local.revision()));
        counters.remove(EDITOR, ORDERS);
        assertThat(counters.get(READER, ORDERS).value()).isZero();
    }

    @Test
    void refusesASumThatDoesNotFit() {
        counters.set(APPLICATION, ORDERS, Long.MAX_VALUE);

        assertThatThrownBy(() -> counters.add(APPLICATION, ORDERS, 1)).isInstanceOf(CounterOverflowException.class);
        assertThat(counters.get(READER, ORDERS).value()).isEqualTo(Long.MAX_VALUE);

        counters.set(APPLICATION, ORDERS, Long.MIN_VALUE);
        assertThatThrownBy(() -> counters.add(APPLICATION, ORDERS, -1)).isInstanceOf(CounterOverflowException.class);
    }

    @Test
    void setsWhatIsExpectedOnly() {
        assertThat(counters.compareAndSet(APPLICATION, ORDERS, 0, 3).value()).isEqualTo(3);

        assertThatThrownBy(() -> counters.compareAndSet(APPLICATION, ORDERS, 0, 4))
                .isInstanceOfSatisfying(CounterMismatchException.class, e -> assertThat(e.value()).isEqualTo(3));
        assertThat(counters.get(READER, ORDERS).value()).isEqualTo(3);
    }

    @Test
    void losesNothingOfWhatManyAddAtOnce() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 300).forEach(i -> threads.execute(() -> counters.add(APPLICATION, ORDERS, 1)));
        }

        assertThat(counters.get(READER, ORDERS).value()).isEqualTo(300);
    }

    @Test
    void belongsToThoseWhoMay() {
        assertThatThrownBy(() -> counters.add(READER, ORDERS, 1)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> counters.remove(APPLICATION, ORDERS)).isInstanceOf(ForbiddenException.class);
    }
}
