package dev.roster.server.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Spread spread = new Spread(LONGEST, new SplittableRandom(7));

    @Test
    void tellsSomeAtOnce() {
        assertThat(spread.window(1)).isZero();
        assertThat(spread.window(Spread.AT_ONCE)).isZero();
        assertThat(spread.delay(Spread.AT_ONCE)).isZero();
    }

    @Test
    void takesLongerForMore() {
        assertThat(spread.window(Spread.AT_ONCE + 1)).isPositive().isLessThan(Duration.ofMillis(1));
        assertThat(spread.window(Spread.AT_ONCE + Spread.PER_SECOND / 2)).isEqualTo(Duration.ofMillis(500));
        assertThat(spread.window(Spread.AT_ONCE + Spread.PER_SECOND)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesNoLongerThanTheLongest() {
        assertThat(spread.window(1_000_000)).isEqualTo(LONGEST);
        assertThat(new Spread(Duration.ZERO, new SplittableRandom(7)).delay(1_000_000)).isZero();
    }

    @Test
    void spreadsOverTheWholeWindow() {
        int streams = Spread.AT_ONCE + Spread.PER_SECOND;
        int[] tenths = new int[10];
        IntStream.range(0, streams).forEach(_ -> tenths[(int) (spread.delay(streams).toMillis() / 100)]++);

        assertThat(IntStream.of(tenths).boxed().toList()).as("of %d, seed 7", streams)
                .allMatch(count -> count > streams / 10 / 2);
    }
}
