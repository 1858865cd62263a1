package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchJudgeTest {

    private static final List<Event> EVENTS = List.of(new Event(1, "a/1", "v1"), new Event(2, "b/1", "v2"),
            new Event(3, "a/2", "v3", 7), new Event(4, "a/1", "v4", 7), new Event(5, "a/1", null, 7),
            new Event(5, "a/2", null, 7), new Event(6, "b/1", "v6"), new Event(7, "a/1", "v7"));

    private final List<WatchTell> tells = new ArrayList<>();

    @Test
    void acceptsAWatchThatGoesOnWhereItEnded() {
        begun(0);
        told(1);
        told(3);
        reached(3);
        begun(3);
        told(4);
        told(5);
        reached(6);
        begun(6);
        told(7);

        assertThat(judge(0)).isEmpty();
    }

    @Test
    void acceptsAWatchThatHasNotBeenToldTheEnd() {
        begun(0);
        told(1);
        tells.add(new WatchTell.Ahead());

        assertThat(judge(0)).isEmpty();
    }

    @Test
    void findsAGap() {
        begun(0);
        told(1);
        told(4);

        assertThat(judge(0)).singleElement().asString().contains("w was not told", "a/2=v3",
                "between revision 1 and 4");
    }

    @Test
    void findsAGapBeforeAnAssuranceThatAllIsTold() {
        begun(3);
        told(4);
        reached(6);

        assertThat(judge(0)).singleElement().asString().contains("was not told", "between revision 4 and 6");
    }

    @Test
    void findsAGapAfterAReconnection() {
        begun(0);
        told(1);
        begun(1);
        told(4);

        assertThat(judge(0)).singleElement().asString().contains("a/2=v3");
    }

    @Test
    void findsARevisionThatIsToldTwice() {
        begun(0);
        told(1);
        told(1);

        assertThat(judge(0)).singleElement().asString().contains("was told revision 1 after 1");
    }

    @Test
    void findsARevisionThatIsToldAgainAfterAReconnection() {
        begun(0);
        told(1);
        told(3);
        begun(3);
        told(3);

        assertThat(judge(0)).singleElement().asString().contains("was told revision 3 after 3");
    }

    @Test
    void findsOneThatComesTooLate() {
        begun(0);
        told(3);
        told(1);

        assertThat(judge(0)).hasSize(2).anySatisfy(found -> assertThat(found).contains("revision 1 after 3"));
    }

    @Test
    void findsARevisionOfWhichOnlyAPartIsTold() {
        begun(4);
        tells.add(new WatchTell.Told(5, List.of(new Event(5, "a/1", null, 7))));

        assertThat(judge(0)).singleElement().asString().contains("there was [a/1=null", "a/2=null");
    }

    @Test
    void findsWhatNeverWas() {
        begun(0);
        tells.add(new WatchTell.Told(1, List.of(new Event(1, "a/1", "other"))));

        assertThat(judge(0)).singleElement().asString().contains("a/1=other", "there was [a/1=v1");
    }

    @Test
    void acceptsThatItIsToldOfACompactionAndBeginsAnew() {
        begun(1);
        tells.add(new WatchTell.Compacted(4));
        begun(4);
        told(5);

        assertThat(judge(4)).isEmpty();
    }

    @Test
    void findsACompactionThatNobodyAskedFor() {
        begun(1);
        tells.add(new WatchTell.Compacted(4));

        assertThat(judge(3)).singleElement().asString().contains("the oldest kept is 4, compacted was up to 3");
    }

    @Test
    void findsACompactionThatDoesNotConcernIt() {
        begun(4);
        tells.add(new WatchTell.Compacted(4));

        assertThat(judge(4)).singleElement().asString().contains("after revision 4");
    }

    private void begun(long after) {
        tells.add(new WatchTell.Begun(after));
    }

    private void told(long revision) {
        tells.add(new WatchTell.Told(revision, EVENTS.stream().filter(event -> event.revision() == revision).toList()));
    }

    private void reached(long revision) {
        tells.add(new WatchTell.Reached(revision));
    }

    private List<String> judge(long newestCompaction) {
        return WatchJudge.violations("w", "a/", tells, EVENTS, newestCompaction);
    }
}
