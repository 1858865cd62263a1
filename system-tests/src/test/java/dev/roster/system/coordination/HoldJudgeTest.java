package dev.roster.system.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldJudgeTest {

    @Test
    void findsNothingWrongWithOneAfterTheOther() {
        assertThat(HoldJudge.violations(List.of(new Hold("b", 9, 20, 30), new Hold("a", 3, 0, 20)))).isEmpty();
    }

    @Test
    void findsTwoAtTheSameTime() {
        assertThat(HoldJudge.violations(List.of(new Hold("a", 3, 0, 21), new Hold("b", 9, 20, 30)))).hasSize(1);
    }

    @Test
    void findsATokenThatDoesNotGrow() {
        assertThat(HoldJudge.violations(List.of(new Hold("a", 9, 0, 10), new Hold("b", 3, 20, 30)))).hasSize(1);
    }

    @Test
    void findsATokenThatIsGivenTwice() {
        assertThat(HoldJudge.violations(List.of(new Hold("a", 3, 0, 10), new Hold("b", 3, 20, 30)))).hasSize(1);
    }
}
