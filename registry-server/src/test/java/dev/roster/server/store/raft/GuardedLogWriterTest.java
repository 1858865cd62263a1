package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.StorageLevel;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedLogWriterTest {

    private static final long OLD_TERM = 1;
    private static final long NEW_TERM = 2;
    private static final int SEGMENT_BYTES = 4096;

    @TempDir
    Path directory;

    private RaftLog log;
    private MemberLog memberLog;
    private final List<String> cuts = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private boolean erases = true;

    @BeforeEach
    void openLog() {
        log = storage("log", StorageLevel.DISK).build().openLog();
        memberLog = MemberLog.over(log);
    }

    private void openLogOfSmallFiles() throws IOException {
        log.close();
        if (Files.size(files().getFirst()) > 2 * SEGMENT_BYTES) {
            Files.delete(files().getFirst());
        }
        log = storage("log", StorageLevel.DISK).withMaxSegmentSize(SEGMENT_BYTES)
                .withMaxEntrySize(SEGMENT_BYTES / 4).build().openLog();
        memberLog = MemberLog.over(log);
    }

    private RaftStorage.Builder storage(String name, StorageLevel level) {
        return RaftStorage.builder().withPrefix(name).withDirectory(directory.toFile()).withStorageLevel(level)
                .withNamespace(RaftNamespaces.RAFT_STORAGE);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void stockAtomixReadersGoOnWithEntriesThatWereCutOff() {
        RaftLogReader reader = log.openReader(1, JournalReader.Mode.ALL);

        cutAndReplace(log.writer(), reader);

        assertThat(terms(reader)).as("the defect that is guarded against").endsWith(OLD_TERM);
    }

    @Test
    void readersReadWhatReplacedTheEntriesThatWereCutOff() {
        RaftLogReader reader = memberLog.openReader(1, JournalReader.Mode.ALL);
        RaftLogWriter writer = guarded();

        cutAndReplace(writer, reader);

        assertThat(terms(reader)).containsExactly(OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, NEW_TERM, NEW_TERM, NEW_TERM);
    }

    @Test
    void stockAtomixLeavesEntriesBehindTheStretchThatItZeroes() {
        appendLong(log.writer(), OLD_TERM, 40);

        log.writer().truncate(5);

        assertThat(isZeroAfter(5)).as("the defect that is guarded against").isFalse();
    }

    @Test
    void erasesEverythingBehindACut() {
        RaftLogWriter writer = guarded();
        appendLong(writer, OLD_TERM, 40);

        writer.truncate(5);

        assertThat(isZeroAfter(5)).isTrue();
        assertThat(cuts).containsExactly("before 5", "after 5");
        appendLong(writer, NEW_TERM, 1);
        assertThat(writer.getLastIndex()).isEqualTo(6);
    }

    @Test
    void stockAtomixWritesPastTheEndOfAFileWhenItCutsOffItsLastEntry() throws IOException {
        openLogOfSmallFiles();
        RaftLogWriter writer = log.writer();
        long last = fillOneFile(writer);

        writer.truncate(last - 1);

        assertThat(Files.size(files().getFirst())).as("the defect that is guarded against")
                .isGreaterThan(SEGMENT_BYTES);
    }

    @Test
    void leavesNothingButZerosPastTheEndOfAFile() throws IOException {
        openLogOfSmallFiles();
        RaftLogWriter writer = guarded();
        long last = fillOneFile(writer);

        writer.truncate(last - 1);

        assertThat(isZeroAfter(last - 1)).isTrue();
        writer.append(new InitializeEntry(NEW_TERM, 0));
        writer.append(new InitializeEntry(NEW_TERM, 0));
        log.close();
        openLogOfSmallFiles();
        assertThat(terms(memberLog.openReader(last - 1, JournalReader.Mode.ALL)))
                .containsExactly(OLD_TERM, NEW_TERM, NEW_TERM);
    }

    @Test
    void stockAtomixBringsBackWhatWasCutOffWhenFilesAreMapped() {
        RaftStorage mapped = storage("mapped", StorageLevel.MAPPED).build();
        try (RaftLog written = mapped.openLog()) {
            cutAndReplaceOne(written.writer());
        }

        try (RaftLog reopened = mapped.openLog()) {
            assertThat(terms(reopened.openReader(1))).as("the defect that is guarded against")
                    .containsExactly(OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, NEW_TERM, OLD_TERM, OLD_TERM,
                            OLD_TERM, OLD_TERM);
        }
    }

    @Test
    void bringsNothingBackThatWasCutOff() {
        cutAndReplaceOne(guarded());
        log.close();

        openLog();

        assertThat(terms(memberLog.openReader(1, JournalReader.Mode.ALL)))
                .containsExactly(OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, OLD_TERM, NEW_TERM);
    }

    @Test
    void stockAtomixThrowsTheWholeLogAwayWhenALeaderHasNothingBefore() {
        fill(log.writer(), 10);

        log.writer().reset(5);

        assertThat(log.writer().getLastIndex()).as("the defect that is guarded against").isLessThan(10);
    }

    @Test
    void keepsALogThatJoinsWhatALeaderSends() {
        RaftLogWriter writer = guarded();
        fill(writer, 10);

        writer.reset(5);
        writer.reset(11);

        assertThat(writer.getLastIndex()).isEqualTo(10);
        assertThat(cuts).isEmpty();
    }

    @Test
    void beginsAnewBehindAGap() {
        RaftLogWriter writer = guarded();
        fill(writer, 10);

        writer.reset(50);

        assertThat(writer.getNextIndex()).isEqualTo(50);
        assertThat(cuts).containsExactly("before 49", "after 49");
    }

    @Test
    void stopsTheMemberWhenAWriteFails() {
        RaftLogWriter broken = new GuardedLogWriter(new FailingWriter(), new Notes());

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> broken.append(new InitializeEntry(OLD_TERM, 1)));

        assertThat(cuts).containsExactly("failed: no space left on device");
    }

    @Test
    void stopsTheMemberWhenOnlyAPartIsWritten() {
        RaftLogWriter writer = guarded();
        fill(writer, 3);
        // Where the entry should end is beyond what there is of the file.
        room = 1;

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> writer.append(new InitializeEntry(OLD_TERM, 1)));

        assertThat(cuts).singleElement().asString().startsWith("failed: of entry 4 only ");
        assertThat(memberLog.tail().find(4)).as("nobody is sent it").isNull();
    }

    @Test
    void stopsTheMemberWhenWhatIsCutOffCannotBeErased() {
        RaftLogWriter writer = guarded();
        fill(writer, 10);
        erases = false;

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> writer.truncate(5));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> writer.reset(50));

        assertThat(cuts).containsExactly("before 5", "failed: input/output error", "before 49",
                "failed: input/output error");
    }

    @Test
    void stopsTheMemberWhenACutFails() {
        RaftLogWriter broken = new GuardedLogWriter(new FailingWriter(), new Notes());

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> broken.truncate(5));
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> broken.reset(50));

        assertThat(cuts).containsExactly("before 5", "failed: input/output error", "before 49",
                "failed: input/output error");
    }

    private RaftLogWriter guarded() {
        return new GuardedLogWriter(log.writer(), new Notes());
    }

    private boolean isZeroAfter(long index) {
        SegmentFile file = SegmentFile.read(files().getLast());
        assertThat(file.lastIndex()).isEqualTo(index);
        return file.endsCleanly();
    }

    private static void fill(RaftLogWriter writer, int entries) {
        for (int i = 0; i < entries; i++) {
            writer.append(new InitializeEntry(OLD_TERM, i));
        }
    }

    /** Replaces the last five of ten entries by one that is as long as each of them. */
    private static void cutAndReplaceOne(RaftLogWriter writer) {
        fill(writer, 10);
        writer.truncate(5);
        writer.append(new InitializeEntry(NEW_TERM, 5));
    }

    /** Fills the first file as far as it goes; returns its last entry. */
    private long fillOneFile(RaftLogWriter writer) {
        while (files().size() < 2) {
            fill(writer, 1);
        }
        return writer.getLastIndex() - 1;
    }

    private List<Path> files() {
        return SegmentFile.list(directory, "log");
    }

    /** Writes entries of 100 kB. */
    private static void appendLong(RaftLogWriter writer, long term, int entries) {
        for (int i = 0; i < entries; i++) {
            writer.append(new CommandEntry(term, i, 1, i,
                    new PrimitiveOperation(OperationId.command("append"), new byte[100_000])));
        }
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

    /** Does what the member does, and notes it. */
    private final class Notes implements GuardedLogWriter.Log {

        @Override
        public long firstIndex() {
            return memberLog.firstIndex();
        }

        @Override
        public void beforeCut(long index) {
            cuts.add("before " + index);
        }

        @Override
        public void afterCut(long index) {
            if (!erases) {
                throw new UncheckedIOException(new IOException("input/output error"));
            }
            cuts.add("after " + index);
            memberLog.cutAfter(index);
            SegmentFile.read(files().getLast()).eraseAfter(index);
        }

        @Override
        public GuardedLogWriter.End end() {
            return room-- > 0 ? memberLog.end() : new GuardedLogWriter.End(1, 0);
        }

        @Override
        public void appended(Indexed<RaftLogEntry> entry) {
            memberLog.tail().add(entry);
        }

        @Override
        public void failed(RuntimeException cause) {
            cuts.add("failed: " + (cause.getCause() == null ? cause : cause.getCause()).getMessage());
        }
    }

    @SuppressWarnings("NullAway") // the super class only passes it on to the method that is overridden here
    private static final class FailingWriter extends RaftLogWriter {

        FailingWriter() {
            super(null, null);
        }

        @Override
        public <T extends RaftLogEntry> Indexed<T> append(T entry) {
            throw new StorageException(new IOException("no space left on device"));
        }

        @Override
        public long getLastIndex() {
            return 10;
        }

        @Override
        public void truncate(long index) {
            throw new StorageException(new IOException("input/output error"));
        }

        @Override
        public void reset(long index) {
            throw new StorageException(new IOException("input/output error"));
        }
    }
}
