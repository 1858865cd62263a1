package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.EDITOR;
import static dev.roster.server.coordination.CoordinationFixture.READER;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueuesTest {
    private static final Duration LONG = Duration.ofSeconds(25);
    private static final QueueKey MAILS = new QueueKey(SPACE, new ObjectName("mails"));

    private final CoordinationFixture coordination = new CoordinationFixture();
    private final Queues queues = new Queues(coordination.local.store, coordination.sessions, coordination.room,
            coordination.local.clock);

    @AfterEach
    void close() {
        coordination.close();
    }

    @Test
    void givesItemsInTheOrderInWhichTheyCame() {
        SessionId session = coordination.open();
        offer("a");
        offer("b");

        QueuedItem first = take(session).orElseThrow();
        QueuedItem second = take(session).orElseThrow();

        assertThat(first.value() + second.value()).isEqualTo("ab");
        assertThat(first.session()).isEqualTo(session);
        assertThat(take(session)).isEmpty();
        assertThat(queues.get(READER, MAILS)).isEqualTo(
                new QueueLoad(MAILS, 2, 2, Queues.DEFAULT_CAPACITY, coordination.local.revision()));
        queues.acknowledge(APPLICATION, MAILS, first.id(), session);
        assertThat(queues.get(READER, MAILS).size()).isOne();
    }

    @Test
    void deliversAgainWhatWasNotAcknowledged() {
        SessionId dying = coordination.open();
        SessionId living = coordination.open();
        offer("a");
        offer("b");
        QueuedItem taken = take(dying).orElseThrow();

        coordination.sessions.end(APPLICATION, SPACE, dying);

        assertThat(take(living)).map(QueuedItem::id).hasValue(taken.id());
        assertThatThrownBy(() -> queues.acknowledge(APPLICATION, MAILS, taken.id(), dying))
                .isInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> queues.acknowledge(APPLICATION, MAILS, 2, living))
                .isInstanceOf(ItemNotTakenException.class);
    }

    @Test
    void putsBackWhatIsGivenBack() {
        SessionId session = coordination.open();
        offer("a");
        offer("b");
        QueuedItem taken = take(session).orElseThrow();

        queues.giveBack(APPLICATION, MAILS, taken.id(), session);

        assertThat(take(session)).map(QueuedItem::value).hasValue("a");
    }

    @Test
    void removesAtOnceWhatIsTakenWithoutASession() {
        offer("a");

        assertThat(queues.take(APPLICATION, MAILS, null, Duration.ZERO)).map(QueuedItem::value).hasValue("a");

        assertThat(queues.get(READER, MAILS).size()).isZero();
    }

    @Test
    void holdsAsManyAsItMay() {
        queues.offer(APPLICATION, MAILS, "a", 2);
        queues.offer(APPLICATION, MAILS, "b", 9);

        assertThatThrownBy(() -> offer("c"))
                .isInstanceOfSatisfying(QueueFullException.class, e -> assertThat(e.capacity()).isEqualTo(2));
        assertThatThrownBy(() -> queues.offer(APPLICATION, MAILS, "c", 0))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> offer("x".repeat(Queues.MAX_ITEM_CHARACTERS + 1)))
                .isInstanceOf(InvalidArgumentException.class);

        queues.remove(EDITOR, MAILS);
        assertThat(queues.get(READER, MAILS).capacity()).isZero();
    }

    @Test
    void wakesWhoWaitsForAnItem() {
        SessionId session = coordination.open();
        CompletableFuture<Optional<QueuedItem>> waiting = CompletableFuture
                .supplyAsync(() -> queues.take(APPLICATION, MAILS, session, LONG));
        Awaitility.await("it waits on its own thread").atMost(LONG)
                .until(() -> coordination.meters.get("roster.coordination.waiting").gauge().value() == 1);

        offer("late");

        assertThat(waiting.join()).map(QueuedItem::value).hasValue("late");
    }

    /** Offers, takings, acknowledgements and dying sessions at random: every item is acknowledged once, and none is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNothing(long seed) {
        Random random = new Random(seed);
        List<QueuedItem> taken = new ArrayList<>();
        TreeSet<Long> offered = new TreeSet<>();
        List<Long> acknowledged = new ArrayList<>();
        SessionId session = coordination.open();
        for (int step = 0; step < 500; step++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    coordination.sessions.end(APPLICATION, SPACE, session);
                    taken.clear();
                    session = coordination.open();
                }
                case 1, 2, 3 -> offered.add(offer("s" + step).id());
                case 4, 5 -> take(session).ifPresent(taken::add);
                default -> {
                    if (!taken.isEmpty()) {
                        QueuedItem done = taken.remove(random.nextInt(taken.size()));
                        queues.acknowledge(APPLICATION, MAILS, done.id(), session);
                        acknowledged.add(done.id());
                    }
                }
            }
        }
        coordination.sessions.end(APPLICATION, SPACE, session);
        List<Long> rest = new ArrayList<>();
        for (Optional<QueuedItem> next = poll(); next.isPresent(); next = poll()) {
            rest.add(next.get().id());
        }

        assertThat(rest).as("seed %d", seed).isSorted();
        assertThat(acknowledged).as("seed %d", seed).doesNotHaveDuplicates();
        acknowledged.addAll(rest);
        assertThat(acknowledged).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(offered);
    }

    private QueuedItem offer(String value) {
        return queues.offer(APPLICATION, MAILS, value, null);
    }

    private Optional<QueuedItem> take(SessionId session) {
        return queues.take(APPLICATION, MAILS, session, Duration.ZERO);
    }

    private Optional<QueuedItem> poll() {
        return queues.take(APPLICATION, MAILS, null, Duration.ZERO);
    }
}
