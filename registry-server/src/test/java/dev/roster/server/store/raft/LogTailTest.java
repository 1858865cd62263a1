package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private final LogTail tail = new LogTail();

    @Test
    void findsWhatWasAdded() {
        add(7, 10);
        add(8, 10);

        assertThat(tail.find(7)).isNotNull().extracting(Indexed::index).isEqualTo(7L);
        assertThat(tail.find(8)).isNotNull();
        assertThat(tail.find(6)).isNull();
        assertThat(tail.find(9)).isNull();
        assertThat(tail.find(7 + LogTail.MAX_ENTRIES)).isNull();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        for (int i = 1; i <= LogTail.MAX_ENTRIES + 5; i++) {
            add(i, 1);
        }

        assertThat(tail.find(5)).isNull();
        assertThat(tail.find(6)).isNotNull();
        assertThat(tail.find(LogTail.MAX_ENTRIES + 5)).isNotNull();
    }

    @Test
    void forgetsTheOldestWhenTheyAreTooLarge() {
        int large = (int) (LogTail.MAX_BYTES / 3);
        for (int i = 1; i <= 4; i++) {
            add(i, large);
        }

        assertThat(tail.find(1)).isNull();
        assertThat(tail.find(2)).isNotNull();
        assertThat(tail.find(4)).isNotNull();
    }

    @Test
    void hasRoomAgainWhenEntriesWereCutOff() {
        int large = (int) (LogTail.MAX_BYTES / 3);
        add(1, large);
        add(2, large);
        add(3, large);

        tail.cutAfter(1);
        add(2, large);
        add(3, large);

        assertThat(tail.find(1)).isNotNull();
        assertThat(tail.find(3)).isNotNull();
    }

    @Test
    void forgetsAllBeforeAGap() {
        add(1, 1);
        add(2, 1);

        add(10, 1);

        assertThat(tail.find(2)).isNull();
        assertThat(tail.find(10)).isNotNull();
    }

    private void add(long index, int size) {
        tail.add(new Indexed<RaftLogEntry>(index, new InitializeEntry(1, index), size));
    }
}
