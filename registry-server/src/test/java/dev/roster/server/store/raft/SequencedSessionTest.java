package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.session.RaftSession;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two threads meet as in a member: one takes a command, the other has the result of the command before. Whose turn it is
 * nobody decides, so that both are let meet very often.
 */
class SequencedSessionTest {

    /** In a member that was written to the two have met badly once in 80,000 commands. */
    private static final int MEETINGS = 20_000_000;

    @TempDir
    Path directory;

    private PlayedGroup group;

    @BeforeEach
    void begin() {
        group = new PlayedGroup(directory, 1, new CounterType());
    }

    @AfterEach
    void end() {
        group.close();
    }

    @Test
    void stockAtomixForgetsACommandThatItHasTaken() throws Exception {
        assertThat(goesBackAfter(session(group.startStock()), MEETINGS))
                .as("the defect that the session guards against").isLessThan(MEETINGS);
    }

    @Test
    void neverForgetsACommandThatItHasTaken() throws Exception {
        assertThat(goesBackAfter(session(group.startOurs()), MEETINGS / 10)).isEqualTo(MEETINGS / 10);
    }

    @Test
    void takesTheNumberOfAKeepAliveOnlyWhenItIsHigher() throws Exception {
        RaftSession session = session(group.startOurs());
        session.setRequestSequence(7);

        session.resetRequestSequence(5);
        assertThat(session.nextRequestSequence()).isEqualTo(8);
        session.resetRequestSequence(9);
        assertThat(session.nextRequestSequence()).isEqualTo(10);
        assertThat(session.getRequestSequence()).isEqualTo(9);
    }

    private RaftSession session(RaftContext member) throws Exception {
        PlayedClient client = PlayedClient.open(group.play(PlayedGroup.SELF), PlayedGroup.SELF, new CounterType());
        assertThat(client.add()).isEqualTo(1);
        return member.getSessions().getSession(client.session());
    }

    /** Returns after how many commands the session had forgotten one, at most as many as are tried. */
    private static int goesBackAfter(RaftSession session, int most) throws InterruptedException {
        long first = session.getRequestSequence() + 1;
        AtomicLong taken = new AtomicLong(first);
        AtomicLong answered = new AtomicLong(first);
        Thread applying = Thread.ofPlatform().start(() -> {
            for (long number = first; number < first + most; number++) {
                while (taken.get() < number) {
                    Thread.onSpinWait();
                }
                if (taken.get() == Long.MAX_VALUE) {
                    return;
                }
                session.setRequestSequence(number - 1);
                answered.set(number + 1);
            }
        });
        int tried = 0;
        for (long number = first; tried < most; number++, tried++) {
            taken.set(number);
            session.setRequestSequence(number);
            while (answered.get() <= number) {
                Thread.onSpinWait();
            }
            if (session.getRequestSequence() < number) {
                break;
            }
        }
        taken.set(Long.MAX_VALUE);
        applying.join();
        return tried;
    }
}
