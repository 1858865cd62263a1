package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteLedgerTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("votes");
    }

    @Test
    void knowsNoVoteAtFirst() {
        VoteLedger ledger = new VoteLedger(file);

        assertThat(ledger.term()).isZero();
        assertThat(ledger.voteIn(1)).isNull();
    }

    @Test
    void remembersAVoteOverARestart() {
        new VoteLedger(file).record(7, "m2");

        VoteLedger reopened = new VoteLedger(file);

        assertThat(reopened.term()).isEqualTo(7);
        assertThat(reopened.voteIn(7)).isEqualTo("m2");
        assertThat(reopened.voteIn(6)).isNull();
        assertThat(reopened.voteIn(8)).isNull();
    }

    @Test
    void refusesASecondCandidateInOneTerm() {
        new VoteLedger(file).record(7, "m2");
        VoteLedger reopened = new VoteLedger(file);

        assertThatIllegalStateException().isThrownBy(() -> reopened.record(7, "m3"));
        assertThatIllegalStateException().isThrownBy(() -> reopened.record(6, "m3"));
        assertThat(new VoteLedger(file).voteIn(7)).isEqualTo("m2");
    }

    @Test
    void takesTheSameVoteAgainAndALaterOne() {
        VoteLedger ledger = new VoteLedger(file);
        ledger.record(7, "m2");

        ledger.record(7, "m2");
        ledger.record(8, "m3");

        assertThat(new VoteLedger(file).voteIn(8)).isEqualTo("m3");
    }

    @Test
    void refusesADamagedFileAndSaysWhatToDo() throws IOException {
        new VoteLedger(file).record(7, "m2");
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < content.length; i++) {
            byte[] damaged = content.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);

            assertThatExceptionOfType(MemberStartException.class).as("byte %d", i)
                    .isThrownBy(() -> new VoteLedger(file))
                    .withMessageContaining(file.toString())
                    .satisfies(e -> assertThat(e.action()).contains("from the other members"));
        }
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        new VoteLedger(file).record(7, "m2");
        byte[] content = Files.readAllBytes(file);
        for (int length = 0; length < content.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(content, length));

            assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> new VoteLedger(file));
        }
    }
}
