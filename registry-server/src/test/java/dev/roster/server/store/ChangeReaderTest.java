package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the history of ranges: whichever way it is read, it tells what reading all of it and choosing would tell. */
class ChangeReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int REVISIONS = 2_000;

    private record Told(Revision revision, List<KeyEvent> events) {}

    private final KeySpace space = new KeySpace();

    /** Makes a long history of which the random commands' keys are a small part. */
    private void fill(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        SplittableRandom random = new SplittableRandom(seed);
        while (space.view().revision().value() < REVISIONS) {
            if (random.nextInt(20) == 0) {
                Command command = commands.next(0);
                try {
                    space.apply(NOW, command);
                } catch (StoreException refused) {
                    assertThat(refused).isNotInstanceOf(OutcomeUnknownException.class);
                }
            } else {
                space.apply(NOW, Txn.of(new PutKey(Key.of("noise/" + random.nextInt(50)), Value.of("1"))));
            }
        }
    }

    private List<Told> read(long after, int most, RangeSet ranges) {
        List<Told> told = new ArrayList<>();
        space.readChanges(new Revision(after), most, ranges,
                (revision, events) -> told.add(new Told(revision, events)));
        return told;
    }

    private List<Told> chosen(long after, long end, RangeSet ranges) {
        List<Told> chosen = new ArrayList<>();
        for (Told one : read(after, (int) (end - after), RangeSet.ALL)) {
            List<KeyEvent> events = one.events.stream().filter(event -> ranges.contains(event.key())).toList();
            if (!events.isEmpty()) {
                chosen.add(new Told(one.revision, events));
            }
        }
        return chosen;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tellsWhatChoosingFromAllWouldTell(long seed) {
        fill(seed);
        SplittableRandom random = new SplittableRandom(seed);
        RandomCommands keys = new RandomCommands(seed);
        for (int round = 0; round < 300; round++) {
            List<KeyRange> some = new ArrayList<>();
            for (int left = random.nextInt(1, 4); left > 0; left--) {
                Key key = random.nextInt(4) == 0 ? Key.of("noise/" + random.nextInt(50)) : keys.key();
                some.add(random.nextBoolean() ? KeyRange.of(key) : KeyRange.prefix(key));
            }
            RangeSet ranges = RangeSet.of(some);
            long after = random.nextLong(REVISIONS);
            long end = Math.min(REVISIONS, after + random.nextLong(1, REVISIONS));

            assertThat(read(after, (int) (end - after), ranges)).as("%s after %d to %d", some, after, end)
                    .isEqualTo(chosen(after, end, ranges));
        }
    }

    @Test
    void stopsWhenTheSinkHasEnough() {
        fill(1);
        RangeSet one = RangeSet.of(List.of(KeyRange.prefix("noise/7")));
        List<Told> all = chosen(0, REVISIONS, one);
        List<Revision> told = new ArrayList<>();

        Revision reached = space.readChanges(Revision.ZERO, REVISIONS, one, (revision, _) -> {
            told.add(revision);
            return told.size() < 3;
        });

        assertThat(told).containsExactly(all.get(0).revision, all.get(1).revision, all.get(2).revision);
        assertThat(reached).isEqualTo(all.get(2).revision);
    }

    @Test
    void reachesTheEndWhenNothingIsWanted() {
        fill(1);

        assertThat(space.readChanges(new Revision(100), 1000, RangeSet.of(List.of(KeyRange.prefix("nobody/"))),
                (_, _) -> false)).isEqualTo(new Revision(1100));
    }

    @Test
    void refusesCompactedHistoryEvenWhenNothingOfItIsWanted() {
        fill(1);
        space.apply(NOW, new Compact(new Revision(1000)));
        RangeSet nobody = RangeSet.of(List.of(KeyRange.prefix("nobody/")));

        assertThatThrownBy(() -> read(999, REVISIONS, nobody)).isInstanceOf(RevisionCompactedException.class);
        assertThat(read(1000, REVISIONS, nobody)).isEmpty();
    }
}
