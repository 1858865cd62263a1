package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.storage.StorageLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruncationGuardTest {

    private static final long OLD_TERM = 1;
    private static final long NEW_TERM = 2;

    @TempDir
    Path directory;

    private RaftLog log;

    @BeforeEach
    void openLog() {
        log = RaftStorage.builder().withPrefix("log").withDirectory(directory.toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE).build().openLog();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void stockReadersGoOnWithEntriesThatWereCutOff() {
        RaftLogReader reader = log.openReader(1, RaftLogReader.Mode.ALL);

        cutAndReplace(log.writer(), reader);

        assertThat(terms(reader)).as("the defect that is guarded against").endsWith(OLD_TERM);
    }

    @Test
    void readersReadWhatReplacedTheEntriesThatWereCutOff() {
        RaftLogReader reader = log.openReader(1, RaftLogReader.Mode.ALL);
        RaftLogWriter writer = new TruncationGuard(log.writer(), () -> reader.reset(reader.getNextIndex()));

        cutAndReplace(writer, reader);

        assertThat(terms(reader)).containsExactly(OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, NEW_TERM, NEW_TERM, NEW_TERM);
    }

    /** Writes ten entries, of which the reader reads one; then the last five are replaced by three of another term. */
    private static void cutAndReplace(RaftLogWriter writer, RaftLogReader reader) {
        for (int i = 0; i < 10; i++) {
            writer.append(new InitializeEntry(OLD_TERM, i));
        }
        reader.reset(1);
        reader.next();
        writer.truncate(5);
        for (int i = 0; i < 3; i++) {
            writer.append(new InitializeEntry(NEW_TERM, i));
        }
    }

    private static List<Long> terms(RaftLogReader reader) {
        List<Long> terms = new ArrayList<>();
        while (reader.hasNext()) {
            terms.add(reader.next().entry().term());
        }
        return terms;
    }
}
