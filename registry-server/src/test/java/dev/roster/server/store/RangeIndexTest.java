package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of ranges, against looking at each of them. */
class RangeIndexTest {

    private record Entry(KeyRange range, long id) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhoseRangesAKeyLiesIn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RangeIndex<Long> index = new RangeIndex<>();
        List<Entry> entries = new ArrayList<>();

        for (int i = 0; i < 3000; i++) {
            if (entries.isEmpty() || random.nextInt(5) < 3) {
                Entry entry = new Entry(range(random), i);
                entries.add(entry);
                index.add(entry.range, entry.id, entry.id);
            } else {
                Entry entry = entries.remove(random.nextInt(entries.size()));
                index.remove(entry.range, entry.id);
            }
            Key key = key(random);
            List<Long> found = new ArrayList<>();
            index.forEachAt(key, found::add);
            assertThat(found).containsExactlyInAnyOrderElementsOf(
                    entries.stream().filter(entry -> entry.range.contains(key)).map(Entry::id).toList());
        }

        List<Long> all = new ArrayList<>();
        index.forEach(all::add);
        assertThat(all).hasSize(entries.size());
        entries.forEach(entry -> index.remove(entry.range, entry.id));
        assertThat(index.isEmpty()).isTrue();
    }

    private static KeyRange range(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.of(key(random));
            case 1 -> KeyRange.prefix(key(random));
            case 2 -> new KeyRange(key(random), null);
            default -> new KeyRange(key(random), key(random));
        };
    }

    private static Key key(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, 4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(5) - 2);
        }
        return Key.of(bytes);
    }

    @Test
    void isNotMadeSlowByRangesInOrder() {
        RangeIndex<Integer> index = new RangeIndex<>();
        for (int i = 0; i < 100_000; i++) {
            index.add(KeyRange.of(Key.of("service/%06d".formatted(i))), i, i);
        }

        List<Integer> found = new ArrayList<>();
        index.forEachAt(Key.of("service/054321"), found::add);

        assertThat(found).containsExactly(54_321);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void ofOneWatchIsTheSameSetWithoutOverlaps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<KeyRange> ranges = new ArrayList<>();
            for (int left = random.nextInt(1, 8); left > 0; left--) {
                ranges.add(range(random));
            }
            RangeSet set = RangeSet.of(ranges);
            for (int i = 0; i < 20; i++) {
                Key key = key(random);
                assertThat(set.contains(key)).as("%s in %s", key, ranges)
                        .isEqualTo(ranges.stream().anyMatch(range -> range.contains(key)));
                assertThat(set.ranges().stream().filter(range -> range.contains(key)).count()).isLessThanOrEqualTo(1);
            }
        }
    }
}
