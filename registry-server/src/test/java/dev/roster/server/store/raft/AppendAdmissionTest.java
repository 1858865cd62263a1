package dev.roster.server.store.raft;

import static dev.roster.server.store.raft.AppendAdmission.AS_IT_IS;
import static dev.roster.server.store.raft.AppendAdmission.REFUSED;
import static dev.roster.server.store.raft.AppendAdmission.WITHOUT_PREVIOUS_TERM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppendAdmissionTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource({
            "10, 2, 1, 0,    the leader knows the term of the entry before",
            "10, 2, 5, 20,   the same behind the first entry of the log",
            "5, 2, 5, 4,     the entry before is the first of the log"})
    void letsAtomixCompareTheEntryBefore(long previous, long term, long first, long covered, String why) {
        assertThat(AppendAdmission.of(previous, term, first, covered)).as(why).isEqualTo(AS_IT_IS);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
            "0, 0, 1, 0,     the beginning of a log that begins there",
            "9, 2, 10, 9,    the entry before is in our snapshot and would be compared with another",
            "9, 0, 10, 9,    the leader has it in its snapshot too",
            "9, 0, 1, 9,     the leader does not know its term but it is committed",
            "9, 0, 3, 30,    the same with more"})
    void joinsWhatIsCommitted(long previous, long term, long first, long covered, String why) {
        assertThat(AppendAdmission.of(previous, term, first, covered)).as(why).isEqualTo(WITHOUT_PREVIOUS_TERM);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
            "10, 0, 1, 9,    the entry before may be another than the leader's",
            "10, 0, 5, 0,    nothing is known to be committed",
            "40, 0, 1, 9,    there would be a gap",
            "3, 0, 5, 20,    the log has no room before its first entry",
            "3, 2, 5, 20,    another entry would be compared",
            "0, 0, 5, 4,     the same at the very beginning"})
    void refusesWhatMayNotJoin(long previous, long term, long first, long covered, String why) {
        assertThat(AppendAdmission.of(previous, term, first, covered)).as(why).isEqualTo(REFUSED);
    }
}
