package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.entry.CloseSessionEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.storage.StorageLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogInspectionTest {

    private static final String NAME = "roster";
    private static final int SEGMENT_BYTES = 4096;
    private static final int MAX_ENTRY_BYTES = 512;
    private static final long TERM = 3;

    /** Fill three files. */
    private static final int ENTRIES = 700;

    @TempDir
    Path directory;

    private HighWaterMark mark;

    @BeforeEach
    void openMark() {
        mark = HighWaterMark.open(directory.resolve("mark"), false);
    }

    @AfterEach
    void closeMark() {
        mark.close();
    }

    @Test
    void acceptsALogThatIsWhole() {
        write(ENTRIES);

        assertThat(segments()).hasSizeGreaterThanOrEqualTo(3);
        assertThatCode(this::inspect).doesNotThrowAnyException();
        assertThat(open()).isEqualTo(ENTRIES);
    }

    @Test
    void acceptsADirectoryWithoutALog() {
        assertThatCode(this::inspect).doesNotThrowAnyException();
    }

    @Test
    void stockAtomixDropsEverythingBehindADamagedFile() throws IOException {
        write(ENTRIES);
        flipByteOf(segments().getFirst(), 200);

        assertThat(open()).as("the defect that is guarded against").isLessThan(ENTRIES / 2);
        assertThat(segments()).hasSize(1);
    }

    @Test
    void refusesADamagedFileInTheMiddleAndTouchesNothing() throws IOException {
        write(ENTRIES);
        flipByteOf(segments().getFirst(), 200);
        int files = segments().size();

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("roster-1.log").withMessageContaining("is damaged")
                .withMessageContaining("at byte");
        assertThat(segments()).hasSize(files);
    }

    @Test
    void refusesAMissingFileInTheMiddle() throws IOException {
        write(ENTRIES);
        Files.delete(segments().get(1));

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("the file before it ends with entry");
    }

    @Test
    void stockAtomixTakesTheEntryBeforeADamagedOneForTheLast() throws IOException {
        write(20);
        flipByteOf(segments().getLast(), lastByte());

        assertThat(open()).as("the defect that is guarded against").isEqualTo(19);
    }

    @Test
    void refusesALogWhoseLastAcknowledgedEntryIsDamaged() throws IOException {
        write(20);
        flipByteOf(segments().getLast(), lastByte());

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("entry 20 at byte").withMessageContaining("can't be read");
    }

    @Test
    void refusesALogThatEndsBeforeWhatWasAcknowledged() {
        write(20);
        mark.raise(23, TERM);

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("ends with entry 20").withMessageContaining("acknowledged entries up to 23");
    }

    @Test
    void refusesALogThatIsGone() throws IOException {
        write(20);
        for (Path file : segments()) {
            Files.delete(file);
        }

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("ends with entry 0");
    }

    @Test
    void refusesALogOfOtherEntries() {
        write(20);
        mark.raise(20, TERM + 1);

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("of term " + TERM + ",").withMessageContaining("one of term " + (TERM + 1));
    }

    @Test
    void erasesAnEntryThatWasBeingWritten() throws IOException {
        write(20);
        int end = SegmentFile.read(segments().getLast()).end();
        writeBytes(segments().getLast(), end, new byte[]{0, 0, 1, 0, 7, 7, 7, 7, 7, 7, 7});

        inspect();

        assertThat(SegmentFile.read(segments().getLast()).endsCleanly()).isTrue();
        assertThat(Files.size(segments().getLast())).isEqualTo(SEGMENT_BYTES);
        assertThat(open()).isEqualTo(20);
    }

    @Test
    void refusesAHoleBehindWhatIsKnownToBeAcknowledged() throws IOException {
        write(20);
        mark.lower(5, TERM);
        flipByteOf(segments().getLast(), 100);

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("can't be read");
    }

    @Test
    void stockAtomixDoesNotStartWithAFileThatWasNeverWritten() throws IOException {
        write(20);
        Files.createFile(directory.resolve("roster-2.log"));

        assertThatExceptionOfType(BufferUnderflowException.class).as("the defect that is guarded against")
                .isThrownBy(this::open);
    }

    @Test
    void removesAFileThatWasNeverWritten() throws IOException {
        write(20);
        Files.createFile(directory.resolve("roster-2.log"));
        Files.write(directory.resolve("roster-3.log"), new byte[SEGMENT_BYTES]);

        inspect();

        assertThat(segments()).hasSize(1);
        assertThat(open()).isEqualTo(20);
    }

    @Test
    void removesALastFileWithoutEntriesWhichWouldHideTheOthersFromAVote() throws IOException {
        write(ENTRIES);
        Path last = segments().getLast();
        long first = SegmentFile.read(last).firstIndex();
        mark.lower(first - 1, TERM);
        SegmentFile.read(last).eraseAfter(first - 1);
        try (RaftLog stock = storage().openLog()) {
            assertThat(stock.writer().getLastEntry()).as("the defect that is guarded against").isNull();
        }

        inspect();

        try (RaftLog log = storage().openLog()) {
            assertThat(log.writer().getLastEntry().index()).isEqualTo(first - 1);
        }
    }

    /** A log that ends before a leader's snapshot is begun anew behind it: its files are deleted one by one. */
    @Test
    void acceptsALogThatEndsBeforeTheMarkWhereASnapshotStandsForTheRest() throws IOException {
        write(20);
        mark.raise(30, TERM);
        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> inspect(29))
                .withMessageContaining("its end is lost");
        assertThatCode(() -> inspect(30)).doesNotThrowAnyException();
        assertThat(open()).isEqualTo(20);

        Files.delete(segments().getFirst());
        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> inspect(29))
                .withMessageContaining("its end is lost");
        assertThatCode(() -> inspect(30)).doesNotThrowAnyException();
    }

    @Test
    void refusesAHeaderOfAnotherVersion() throws IOException {
        write(20);
        flipByteOf(segments().getLast(), 3);

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(this::inspect)
                .withMessageContaining("header");
    }

    private void inspect() {
        inspect(0);
    }

    private void inspect(long covered) {
        LogInspection.check(directory, NAME, mark, covered);
    }

    private List<Path> segments() {
        return SegmentFile.list(directory, NAME);
    }

    /** Writes entries of two lengths and acknowledges them. */
    private void write(int entries) {
        try (RaftLog log = storage().openLog()) {
            for (int i = 1; i <= entries; i++) {
                log.writer().append(i % 2 == 0
                        ? new InitializeEntry(TERM, i)
                        : new CloseSessionEntry(TERM, i, i, false, false));
            }
            log.writer().flush();
            mark.raise(entries, TERM);
        }
    }

    /** Opens the log as Atomix does, and returns its last index. */
    private long open() {
        try (RaftLog log = storage().openLog()) {
            return log.writer().getLastIndex();
        }
    }

    private RaftStorage storage() {
        return RaftStorage.builder().withPrefix(NAME).withDirectory(directory.toFile())
                .withStorageLevel(StorageLevel.DISK).withMaxSegmentSize(SEGMENT_BYTES)
                .withMaxEntrySize(MAX_ENTRY_BYTES).withNamespace(RaftNamespaces.RAFT_STORAGE).build();
    }

    private int lastByte() {
        return SegmentFile.read(segments().getLast()).end() - 1;
    }

    private static void flipByteOf(Path file, long position) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(position);
            int value = raw.read();
            raw.seek(position);
            raw.write(value ^ 1);
        }
    }

    private static void writeBytes(Path file, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(position);
            raw.write(bytes);
        }
    }
}
