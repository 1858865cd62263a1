package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.system.fault.Operation.Kind;
import dev.roster.system.fault.Operation.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryJudgeTest {

    private static final Random RANDOM = new Random(7);

    private final List<Operation> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Test
    void acceptsAHistoryThatIsRight() {
        write("a", "1", 0, 10, Result.DONE, 1);
        read("a", "1", 20, 30, 1);
        write("a", "2", 25, 40, Result.DONE, 2);
        read("a", "2", 26, 50, 2);
        read("b", null, 60, 70, 2);
        events("a=1", "a=2");

        assertThat(judge()).isEmpty();
    }

    @Test
    void acceptsAWriteThatTookEffectLateAndOneThatNeverDid() {
        write("a", "1", 0, 10, Result.UNKNOWN, 0);
        read("a", null, 20, 30, 0);
        write("a", "2", 40, 50, Result.DONE, 1);
        write("a", "3", 60, 70, Result.UNKNOWN, 0);
        write("a", "4", 60, 70, Result.NOT_DONE, 0);
        events("a=2", "a=1");

        assertThat(judge()).isEmpty();
    }

    @Test
    void findsAnAcknowledgedWriteThatIsMissing() {
        write("a", "1", 0, 10, Result.DONE, 1);
        write("a", "2", 20, 30, Result.DONE, 2);
        events("a=1");

        assertThat(judge()).singleElement().asString().contains("acknowledged and missing", "a=2");
    }

    @Test
    void findsAWriteThatIsThereThoughItsClientWasToldThatItIsNot() {
        write("a", "1", 0, 10, Result.NOT_DONE, 0);
        events("a=1");

        assertThat(judge()).singleElement().asString().contains("its client was told that it is not");
    }

    @Test
    void findsAWriteThatWasAppliedTwice() {
        write("a", "1", 0, 10, Result.DONE, 1);
        events("a=1", "a=1");

        assertThat(judge()).singleElement().asString().contains("written twice");
    }

    @Test
    void findsAWriteOfNobody() {
        events("a=1");

        assertThat(judge()).singleElement().asString().contains("nobody wrote");
    }

    @Test
    void findsAStaleRead() {
        write("a", "1", 0, 10, Result.DONE, 1);
        write("a", "2", 20, 30, Result.DONE, 2);
        read("a", "1", 40, 50, 1);
        events("a=1", "a=2");

        assertThat(judge()).singleElement().asString().contains("READ a=1", "began after this had ended");
    }

    @Test
    void findsAReadOfSomethingElse() {
        write("a", "1", 0, 10, Result.DONE, 1);
        read("a", "7", 40, 50, 1);
        events("a=1");

        assertThat(judge()).singleElement().asString().contains("wrong: READ a=7", "there was 1");
    }

    @Test
    void findsALostUpdate() {
        write("a", "1", 0, 10, Result.DONE, 1);
        compareAndWrite("a", "2", 1, 20, 30, Result.DONE, 2);
        compareAndWrite("a", "3", 1, 20, 30, Result.DONE, 3);
        events("a=1", "a=2", "a=3");

        assertThat(judge()).singleElement().asString().contains("the condition of WRITE a=3", "did not hold");
    }

    @Test
    void findsAConditionThatHeldAndWasSaidToFail() {
        write("a", "1", 0, 10, Result.DONE, 1);
        compareAndWrite("a", "2", 1, 20, 30, Result.CONDITION_FAILED, 1);
        events("a=1");

        assertThat(judge()).singleElement().asString().contains("the condition of WRITE a=2", "held");
    }

    @Test
    void findsAWatchThatRepeatsOrGoesBack() {
        write("a", "1", 0, 10, Result.DONE, 1);
        write("a", "2", 20, 30, Result.DONE, 2);
        events.add(new Event(2, "a", "2"));
        events.add(new Event(1, "a", "1"));

        assertThat(judge()).singleElement().asString().contains("the watch told", "after revision 2");
    }

    @Test
    void acceptsKeysThatALeaseTookWithIt() {
        write("a", "1", 0, 10, Result.DONE, 1);
        write("b", "2", 20, 30, Result.DONE, 2);
        read("a", null, 40, 50, 3);
        compareAndWrite("a", "3", 0, 60, 70, Result.DONE, 4);
        events.add(new Event(1, "a", "1", 9));
        events.add(new Event(2, "b", "2", 9));
        events.add(new Event(3, "a", null, 9));
        events.add(new Event(3, "b", null, 9));
        events.add(new Event(4, "a", "3", 0));

        assertThat(judge()).isEmpty();
    }

    @Test
    void findsAReadOfAKeyThatWasDeleted() {
        write("a", "1", 0, 10, Result.DONE, 1);
        read("a", "1", 40, 50, 2);
        events.add(new Event(1, "a", "1", 9));
        events.add(new Event(2, "a", null, 9));

        assertThat(judge()).singleElement().asString().contains("wrong: READ a=1", "there was null");
    }

    @Test
    void acceptsRandomHistoriesOfAStoreThatDoesOneThingAtATimeAndFindsOneWrongAnswer() {
        for (int round = 0; round < 200; round++) {
            operations.clear();
            events.clear();
            simulate(60);
            assertThat(judge()).as("round %d", round).isEmpty();

            spoil();
            assertThat(judge()).as("round %d, spoilt", round).isNotEmpty();
        }
    }

    /** Each operation takes place at one moment between its begin and its end; moments are in order, the rest overlaps. */
    private void simulate(int count) {
        Map<String, String> state = new HashMap<>();
        long revision = 0;
        for (int i = 1; i <= count; i++) {
            long moment = i * 100L;
            long began = moment - RANDOM.nextInt(500);
            long ended = moment + RANDOM.nextInt(500);
            String key = "k" + RANDOM.nextInt(3);
            if (RANDOM.nextBoolean()) {
                String value = "v" + i;
                state.put(key, value);
                revision++;
                events.add(new Event(revision, key, value));
                boolean answered = i == 1 || RANDOM.nextInt(5) > 0;
                write(key, value, began, ended, answered ? Result.DONE : Result.UNKNOWN, answered ? revision : 0);
            } else if (revision > 0) {
                read(key, state.get(key), began, ended, revision);
            }
        }
    }

    /** Makes one answer wrong. */
    private void spoil() {
        int index;
        do {
            index = RANDOM.nextInt(operations.size());
        } while (operations.get(index).outcome() != Result.DONE);
        Operation right = operations.get(index);
        operations.set(index, new Operation(right.kind(), right.key(), "never", right.began(), right.ended(),
                right.outcome(), right.revision(), right.expected()));
    }

    private List<String> judge() {
        return HistoryJudge.violations(operations, events);
    }

    private void write(String key, String value, long began, long ended, Result result, long revision) {
        compareAndWrite(key, value, Operation.ANY, began, ended, result, revision);
    }

    private void compareAndWrite(String key, String value, long expected, long began, long ended, Result result,
            long revision) {
        operations.add(new Operation(Kind.WRITE, key, value, began, ended, result, revision, expected));
    }

    private void read(String key, @Nullable String value, long began, long ended, long revision) {
        operations.add(new Operation(Kind.READ, key, value, began, ended, Result.DONE, revision, Operation.ANY));
    }

    /** Events of the revisions 1, 2, … */
    private void events(String... writes) {
        for (String write : writes) {
            String[] parts = write.split("=", 2);
            events.add(new Event(events.size() + 1L, parts[0], parts[1]));
        }
    }
}
