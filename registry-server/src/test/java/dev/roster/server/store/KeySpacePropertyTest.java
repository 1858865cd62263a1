package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The state machine against a naive model, under random commands: equal results, equal present and past, equal history; and
 * whichever way a state was reached, its image has the same bytes. The parameter is the seed: a failure names it.
 */
class KeySpacePropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int COMMANDS = 600;

    /** Small, so that compaction by either limit happens all the time. */
    private static final HistoryLimits LIMITS = new HistoryLimits(40, 16_000);

    private final KeySpace space = new KeySpace(LIMITS);
    private final NaiveStore model = new NaiveStore(LIMITS);

    /** Fixed seeds, so that a build says the same twice, and one of the clock, so that each build tries something new. */
    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= 12; seed++) {
            seeds.add(seed);
        }
        seeds.add(System.nanoTime());
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesWhatTheModelDoes(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < COMMANDS; i++) {
            Command command = commands.next(model.revision());

            assertThat(outcome(() -> space.apply(NOW, command))).as("%s", command)
                    .isEqualTo(outcome(() -> model.apply(command)));

            checkState(model.oldest());
            checkState(model.revision());
            checkState(random.nextLong(model.oldest(), model.revision() + 1));
            checkQuery(random.nextLong(model.oldest(), model.revision() + 1), commands.query());
            if (i % 20 == 0) {
                checkEdges();
                checkHistory();
            }
        }
    }

    /** Returns the result, or what the refusal says; which of several keys that are written twice it names is left open. */
    private static Object outcome(Supplier<CommandResult> command) {
        try {
            return command.get();
        } catch (InvalidCommandException e) {
            return "invalid " + e.field();
        } catch (StoreException e) {
            return e.toString();
        }
    }

    private void checkState(long revision) {
        ReadView view = space.viewAt(new Revision(revision));
        TreeMap<Key, KeyValue> expected = new TreeMap<>(model.stateAt(revision));

        assertThat(view.read(KeyRange.ALL, 1000).keys()).containsExactlyElementsOf(expected.values());
        assertThat(view.count(KeyRange.prefix("a"))).isEqualTo(NaiveStore.in(expected, KeyRange.prefix("a")).size());
        Key key = Key.of("a/b");
        assertThat(view.find(key).orElse(null)).isEqualTo(expected.get(key));
    }

    private void checkQuery(long revision, KeyQuery query) {
        assertThat(space.viewAt(new Revision(revision)).query(query)).as("%s at %d", query, revision)
                .isEqualTo(NaiveStore.query(model.stateAt(revision), query));
    }

    private void checkEdges() {
        assertThat(space.view().revision().value()).isEqualTo(model.revision());
        assertThatThrownBy(() -> space.viewAt(new Revision(model.revision() + 1)))
                .isInstanceOf(RevisionAheadException.class);
        if (model.oldest() > 0) {
            assertThatThrownBy(() -> space.viewAt(new Revision(model.oldest() - 1)))
                    .isInstanceOfSatisfying(RevisionCompactedException.class,
                            e -> assertThat(e.oldest()).isEqualTo(new Revision(model.oldest())));
        }
        TreeMap<Long, Duration> leases = new TreeMap<>();
        space.leases().forEach(lease -> leases.put(lease.id().value(), lease.ttl()));
        assertThat(leases.toString()).isEqualTo(modelLeases());
        model.leases().keySet().forEach(lease -> assertThat(space.keysOf(lease)).containsExactlyElementsOf(
                model.stateAt(model.revision()).values().stream().filter(one -> one.lease().equals(lease))
                        .map(KeyValue::key).toList()));
    }

    private String modelLeases() {
        TreeMap<Long, Duration> leases = new TreeMap<>();
        model.leases().forEach((id, ttl) -> leases.put(id.value(), ttl));
        return leases.toString();
    }

    private void checkHistory() {
        List<List<KeyEvent>> told = new ArrayList<>();
        space.readChanges(new Revision(model.oldest()), Integer.MAX_VALUE, RangeSet.ALL,
                (_, events) -> told.add(events));

        for (long at = model.oldest() + 1; at <= model.revision(); at++) {
            assertThat(told.get((int) (at - model.oldest() - 1))).isEqualTo(model.changesAt(at));
        }
        assertThat(told).hasSize((int) (model.revision() - model.oldest()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheSameBytesHoweverAStateWasReached(long seed) throws IOException {
        List<Command> log = log(seed);

        KeySpace straight = new KeySpace(LIMITS);
        KeySpace again = new KeySpace(LIMITS);
        KeySpace restored = new KeySpace(LIMITS);
        for (int i = 0; i < log.size(); i++) {
            apply(straight, log.get(i));
            apply(again, log.get(i));
            apply(restored, log.get(i));
            if (i % 37 == 0) {
                byte[] image = Images.bytes(restored.image());
                restored = new KeySpace(LIMITS);
                restored.restore(Images.input(image));
                assertThat(Images.bytes(restored.image())).as("restored after %d commands", i).isEqualTo(image);
            }
        }

        byte[] expected = Images.bytes(straight.image());
        assertThat(Images.bytes(again.image())).isEqualTo(expected);
        assertThat(Images.bytes(restored.image())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsAnImageAsItWasWhileCommandsGoOn(long seed) {
        List<Command> log = log(seed);
        List<StateImage> early = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();

        for (int i = 0; i < log.size(); i++) {
            apply(space, log.get(i));
            if (i % 97 == 0) {
                early.add(space.image());
                expected.add(Images.bytes(space.image()));
            }
        }

        for (int i = 0; i < early.size(); i++) {
            assertThat(Images.bytes(early.get(i))).as("image %d, at revision %s", i, early.get(i).revision())
                    .isEqualTo(expected.get(i));
        }
    }

    private List<Command> log(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        List<Command> log = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            Command command = commands.next(model.revision());
            log.add(command);
            outcome(() -> model.apply(command));
        }
        return log;
    }

    private static void apply(KeySpace space, Command command) {
        try {
            space.apply(NOW, command);
        } catch (StoreException refused) {
            // A refusal is an outcome like any other here: the states are compared.
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
