package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.boot.SrvLookup.Srv;
import dev.roster.server.store.raft.MemberAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that come one by one, on a clock of the test's own. */
class MemberDiscoveryTest {
    private static final MemberSource SOURCE = new MemberSource("_roster._tcp.example.org");
    private static final Srv A = new Srv("a.example.org.", 7401);
    private static final Srv B = new Srv("b.example.org", 7402);
    private static final Srv C = new Srv("c.example.org.", 7403);

    private static final Answer NONE = new Answer();

    /** No server answers. */
    private static final Answer SILENCE = new Answer();

    private final List<Answer> answers = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 1;
    private int lookUps;

    private final MemberDiscovery discovery = new MemberDiscovery(this::answer, () -> nanos,
            pause -> nanos += pause.toNanos());

    /** What DNS says once. */
    private record Answer(Srv... records) {}

    /** One answer after the other, and the last one for ever. */
    private List<Srv> answer(String name) throws IOException {
        assertThat(name).isEqualTo(SOURCE.name());
        Answer answer = answers.get(Math.min(lookUps, answers.size() - 1));
        lookUps++;
        if (answer == SILENCE) {
            throw new IOException("DNS has not answered: timeout");
        }
        return List.of(answer.records());
    }

    private static Answer of(Srv... records) {
        return new Answer(records);
    }

    private void answers(Answer... each) {
        answers.addAll(List.of(each));
    }

    private static String[] named(List<MemberAddress> members) {
        return members.stream().map(MemberAddress::toString).toArray(String[]::new);
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void takesTheNameOfAMemberFromTheTarget() {
        answers(of(B, A));

        assertThat(named(discovery.await(SOURCE, "a", null))).containsExactly("a=a.example.org:7401",
                "b=b.example.org:7402");
        assertThat(lookUps).as("two that find the same").isEqualTo(2);
    }

    @Test
    void waitsUntilTheRecordsAreThereAndStay() {
        answers(NONE, SILENCE, of(B), of(A), of(A, B), SILENCE, of(A, B), of(C, A, B),
                of(A, B, C));

        assertThat(discovery.await(SOURCE, "a", null)).extracting(MemberAddress::id).containsExactly("a", "b", "c");
        assertThat(lookUps).isEqualTo(9);
    }

    @Test
    void waitsForAsManyAsAreExpected() {
        answers(of(A, B), of(A, B), of(A, B), of(A, B, C));

        assertThat(discovery.await(SOURCE, "a", 3)).hasSize(3);
        assertThat(lookUps).isEqualTo(5);
    }

    @Test
    void theOrderOfRecordsMeansNothing() {
        answers(of(A, B, C), of(C, B, A));

        assertThat(discovery.await(SOURCE, "c", 3)).hasSize(3);
        assertThat(lookUps).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"Z,'there is none for this member, z (roster.cluster.member), only [a=a.example.org:7401'",
            "A,there is none for any other member", "AB,'there are 2 members, not the 3 of'",
            "none,'there is none for this member, a (roster.cluster.member), only []'",
            "silent,DNS has not answered: timeout", "changing,the records still change",
            "twice,two records are for a member a", "label,the record with target Host.example.org. and port 7401",
            "port,the record with target a.example.org. and port 0", "many,there are 100 records"})
    void refusesWithWhatItHasFound(String which, String found) {
        switch (which) {
            case "A" -> answers(of(A));
            case "AB", "Z" -> answers(of(A, B));
            case "none" -> answers(NONE);
            case "silent" -> answers(SILENCE);
            case "changing" -> IntStream.range(0, 200).forEach(i -> answers(i % 2 == 0
                    ? of(A, B, C)
                    : of(A, B, new Srv("d.example.org", 7404))));
            case "twice" -> answers(of(A, new Srv("a.example.net", 7401)));
            case "label" -> answers(of(A, new Srv("Host.example.org.", 7401)));
            case "port" -> answers(of(B, new Srv("a.example.org.", 0)));
            case "many" ->
                answers(of(IntStream.range(0, 100).mapToObj(i -> new Srv("m" + i + ".b", 1)).toArray(Srv[]::new)));
            default -> throw new IllegalArgumentException(which);
        }

        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> discovery.await(SOURCE, which.equals("Z") ? "z" : "a",
                        which.equals("changing") ? null : Integer.valueOf(3)))
                .withMessageContaining("dns-srv:_roster._tcp.example.org (roster.cluster.members-from): ")
                .withMessageContaining(which.equals("A") ? "there" : found)
                .satisfies(e -> assertThat(e.action()).contains("roster.cluster.members"));
        assertThat(lookUps).as("one in a second, for a minute").isEqualTo(61);
    }

    @Test
    void anInterruptEndsTheWait() {
        MemberDiscovery interrupted = new MemberDiscovery(this::answer, () -> nanos, _ -> {
            throw new InterruptedException();
        });
        answers(NONE);

        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> interrupted.await(SOURCE, "a", null));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
