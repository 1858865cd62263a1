package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.system.fault.LeaseStep.Kind;
import dev.roster.system.fault.LeaseStep.Outcome;
import dev.roster.system.fault.Operation.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are milliseconds; every lease lives for a hundred. */
class LeaseJudgeTest {

    private static final long MILLIS = 1_000_000;
    private static final long TTL = 100;

    private final List<LeaseStep> steps = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Test
    void acceptsALeaseThatLivesAsLongAsItWasKeptAliveAndTellsHowLateItEnded() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.KEEP_ALIVE, 1, 60, 65, Outcome.DONE);
        step(Kind.KEEP_ALIVE, 1, 120, 125, Outcome.DONE);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(2, 240);

        LeaseJudge judge = judge();

        assertThat(judge.violations()).isEmpty();
        assertThat(judge.lateness()).containsExactly(20L);
    }

    @Test
    void acceptsALeaseThatEndedAfterAKeepAliveThatWasNotAcknowledged() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.KEEP_ALIVE, 1, 60, 65, Outcome.UNKNOWN);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(2, 110);

        assertThat(judge().violations()).isEmpty();
    }

    @Test
    void findsALeaseThatEndedEarly() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.KEEP_ALIVE, 1, 60, 65, Outcome.DONE);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(2, 130);

        assertThat(judge().violations()).singleElement().asString()
                .contains("lease 1 had ended 30 ms before its time", "70 ms after", "KEEP_ALIVE");
    }

    @Test
    void findsALeaseThatEndedEarlyByAnAnswerAtALaterRevision() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(1, 20);
        told(3, 90);
        told(2, 150);

        assertThat(judge().violations()).singleElement().asString().contains("10 ms before its time");
    }

    @Test
    void findsALeaseThatIsSaidToBeGoneBeforeItsTime() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.ATTACH, 1, 40, 45, Outcome.GONE);

        assertThat(judge().violations()).singleElement().asString().contains("55 ms before its time");
    }

    @Test
    void findsALeaseThatWasKeptAliveAfterItHadEnded() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(2, 110);
        step(Kind.KEEP_ALIVE, 1, 120, 125, Outcome.DONE);

        assertThat(judge().violations()).singleElement().asString().contains("110 ms before its time");
    }

    @Test
    void acceptsALeaseThatItsHolderEnded() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.REVOKE, 1, 30, 40, Outcome.DONE);
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        told(2, 35);

        assertThat(judge().violations()).isEmpty();
        assertThat(judge().lateness()).isEmpty();
    }

    @Test
    void findsAKeyThatItsLeaseLeftBehind() {
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "b", "2", 1));
        events.add(new Event(3, "a", null, 1));

        assertThat(judge().violations()).singleElement().asString().contains("ended at revision 3", "left [b] behind");
    }

    @Test
    void acceptsAKeyThatWasDetachedBefore() {
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "b", "2", 1));
        events.add(new Event(3, "b", "3", 0));
        events.add(new Event(4, "a", null, 1));

        assertThat(judge().violations()).isEmpty();
    }

    @Test
    void findsAKeyThatWasAttachedToALeaseThatHadEnded() {
        events.add(new Event(1, "a", "1", 1));
        events.add(new Event(2, "a", null, 1));
        events.add(new Event(3, "b", "2", 1));

        assertThat(judge().violations()).singleElement().asString().contains("b=2", "after the lease had ended");
    }

    @Test
    void findsAKeyWithoutLeaseThatIsDeleted() {
        events.add(new Event(1, "a", "1"));
        events.add(new Event(2, "a", null, 0));

        assertThat(judge().violations()).singleElement().asString().contains("without a lease");
    }

    @Test
    void findsTwoHoldersOfAKey() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.GRANT, 2, 0, 5, Outcome.DONE);
        acquire("lock", "1", 10, 1);
        events.add(new Event(1, "lock", "1", 1));
        events.add(new Event(2, "lock", null, 1));
        acquire("lock", "2", 90, 3);
        events.add(new Event(3, "lock", "2", 2));

        assertThat(judge().violations()).anySatisfy(
                violation -> assertThat(violation).contains("two hold lock: lease 1 for 10 ms more when lease 2"));
    }

    @Test
    void acceptsOneHolderAfterTheOther() {
        step(Kind.GRANT, 1, 0, 5, Outcome.DONE);
        step(Kind.GRANT, 2, 50, 55, Outcome.DONE);
        acquire("lock", "1", 10, 1);
        events.add(new Event(1, "lock", "1", 1));
        events.add(new Event(2, "lock", null, 1));
        acquire("lock", "2", 120, 3);
        events.add(new Event(3, "lock", "2", 2));

        assertThat(judge().violations()).isEmpty();
    }

    private LeaseJudge judge() {
        return LeaseJudge.of(steps, operations, events);
    }

    private void step(Kind kind, long lease, long began, long ended, Outcome outcome) {
        steps.add(new LeaseStep(kind, lease, TTL * MILLIS, began * MILLIS, ended * MILLIS, outcome));
    }

    /** Somebody was told of a revision by then. */
    private void told(long revision, long ended) {
        operations
                .add(new Operation(Operation.Kind.READ, "any", null, (ended - 1) * MILLIS, ended * MILLIS, Result.DONE,
                        revision, Operation.ANY));
    }

    private void acquire(String key, String value, long ended, long revision) {
        operations
                .add(new Operation(Operation.Kind.WRITE, key, value, (ended - 1) * MILLIS, ended * MILLIS, Result.DONE,
                        revision, 0));
    }
}
