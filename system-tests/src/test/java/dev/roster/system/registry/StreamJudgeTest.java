package dev.roster.system.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamJudgeTest {
    private static final Step FIRST = new Step(3, 1, "up", 1);
    private static final Step SECOND = new Step(5, 1, "draining", 1);
    private static final Step THIRD = Step.gone(9);

    private final Course course = new Course();
    private final StreamJudge judge = new StreamJudge(Map.of("s/i", course));

    StreamJudgeTest() {
        course.acknowledge(FIRST);
        course.acknowledge(SECOND);
        course.acknowledge(THIRD);
    }

    @Test
    void acceptsWhatWasDone() {
        told("a", FIRST, SECOND, THIRD);

        assertThat(judge.violations()).isEmpty();
    }

    @Test
    void findsAGapAnywhere() {
        told("a", SECOND, THIRD);
        told("b", FIRST, THIRD);
        told("c", FIRST, SECOND);
        told("d");

        assertThat(judge.violations()).hasSize(4);
        assertThat(judge.violations().get(1)).contains("b, of s/i", "was told gone at revision 9",
                "not registration 1 draining of weight 1 at revision 5");
    }

    @Test
    void findsDuplicatesOtherOrdersAndOtherStates() {
        told("a", FIRST, FIRST, SECOND, THIRD);
        told("b", SECOND, FIRST, THIRD);
        told("c", FIRST, new Step(5, 1, "up", 1), THIRD);
        told("d", FIRST, new Step(6, 1, "draining", 1), THIRD);
        told("e", FIRST, SECOND, THIRD, THIRD);

        assertThat(judge.violations()).hasSize(5);
    }

    @Test
    void acceptsAChangeOfUnknownOutcomeFromAllOrNone() {
        Course other = new Course();
        other.loseTrack(new Step(0, 1, "up", 1));
        course.loseTrack(new Step(0, 2, "up", 1));
        StreamJudge both = new StreamJudge(Map.of("s/i", course, "s/j", other));

        for (String reader : List.of("a", "b")) {
            both.judge(reader, Set.of("s/i", "s/j"),
                    Map.of("s/i", List.of(FIRST, SECOND, THIRD, new Step(12, 2, "up", 1))));
        }
        assertThat(both.violations()).isEmpty();

        both.judge("c", Set.of("s/i"), Map.of("s/i", List.of(FIRST, SECOND, THIRD)));
        both.judge("d", Set.of("s/j"), Map.of("s/j", List.of(new Step(13, 1, "up", 1))));
        assertThat(both.violations()).hasSize(2);
        assertThat(both.violations().getFirst()).contains("c, of s/i, was not told", "unlike a");
    }

    @Test
    void findsAChangeOfUnknownOutcomeThatIsAnotherOne() {
        course.loseTrack(new Step(0, 2, "up", 1));

        told("a", FIRST, SECOND, THIRD, new Step(12, 3, "up", 1));
        told("b", FIRST, SECOND, THIRD, new Step(12, 2, "up", 1), new Step(13, 2, "up", 1));

        assertThat(judge.violations()).hasSize(2);
    }

    @Test
    void findsInstancesThatNobodyRegisteredOrFollows() {
        judge.judge("a", Set.of(), Map.of("s/i", List.of(FIRST), "s/x", List.of(FIRST)));

        assertThat(judge.violations()).satisfiesExactlyInAnyOrder(one -> assertThat(one).contains("s/i", "not follow"),
                one -> assertThat(one).contains("s/x", "nobody has registered"));
    }

    private void told(String reader, Step... steps) {
        judge.judge(reader, Set.of("s/i"), Map.of("s/i", List.of(steps)));
    }
}
