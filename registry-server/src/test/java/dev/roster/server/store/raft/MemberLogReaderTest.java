package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.StorageLevel;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.storage.journal.SegmentedJournal;
import java.lang.reflect.Field;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log in small files, so that most of it is not in memory. */
class MemberLogReaderTest {

    private static final int SEGMENT_BYTES = 4096;
    private static final int STEPS = 400;

    @TempDir
    Path directory;

    private RaftLog stock;
    private MemberLog log;
    private GuardedLogWriter writer;
    private boolean remembers = true;

    @BeforeEach
    void openLog() {
        stock = RaftStorage.builder().withPrefix("log").withDirectory(directory.toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE)
                .withMaxSegmentSize(SEGMENT_BYTES).withMaxEntrySize(SEGMENT_BYTES / 4).build().openLog();
        log = MemberLog.over(stock);
        writer = new GuardedLogWriter(stock.writer(), new Member());
    }

    @AfterEach
    void closeLog() {
        stock.close();
    }

    @Test
    void readsFromMemoryWhatItReadsFromFiles() {
        append(1, 100);
        RaftLogReader fromMemory = open(1);
        log.tail().cutAfter(0);
        RaftLogReader fromFiles = open(1);

        List<Long> read = times(fromFiles);

        assertThat(read).hasSize(100).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(times(fromMemory)).isEqualTo(read);
    }

    @Test
    void hasNothingInAnEmptyLog() {
        RaftLogReader reader = open(1);

        assertThat(reader.hasNext()).isFalse();
        assertThat(reader.getNextIndex()).isEqualTo(1);
        assertThat(reader.getCurrentEntry()).isNull();
        assertThat(reader.getCurrentIndex()).isZero();
    }

    @Test
    void stockAtomixForgetsTheEntryBeforeTheFirstOfAFile() {
        fillFiles();
        long second = log.segments().stream().skip(1).findFirst().orElseThrow().index();

        assertThat(stock.openReader(second).getCurrentEntry()).as("taken for a follower that has nothing").isNull();
    }

    /** Atomix interrupts its threads when it stops, whatever they are about. */
    @Test
    void stockAtomixLosesAFileWhenAThreadThatWritesIsInterrupted() {
        append(1, 3);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> stock.writer().append(new InitializeEntry(1, 4)));
        assertThat(Thread.interrupted()).isTrue();

        assertThatExceptionOfType(StorageException.class).as("the defect that is guarded against")
                .isThrownBy(() -> stock.writer().append(new InitializeEntry(1, 4)))
                .withCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void knowsTheEntryBeforeTheFirstOfAFile() {
        fillFiles();
        long second = log.segments().stream().skip(1).findFirst().orElseThrow().index();

        assertThat(open(second).getCurrentEntry()).isNotNull().extracting(Indexed::index).isEqualTo(second - 1);
        assertThat(open(second).getCurrentIndex()).isEqualTo(second - 1);
    }

    @Test
    void goesOnWithTheFirstEntryThatIsLeft() {
        fillFiles();
        RaftLogReader reader = open(1);
        long first = log.segments().stream().skip(2).findFirst().orElseThrow().index();

        log.compact(first);

        assertThat(reader.getNextIndex()).isEqualTo(first);
        assertThat(reader.getCurrentEntry()).isNull();
        assertThat(reader.next().index()).isEqualTo(first);
    }

    /** At each election Atomix opens a reader for each other member and drops the one before. */
    @Test
    void closesTheFilesOfReadersThatAreDropped() throws Exception {
        remembers = false;
        fillFiles();
        RaftLogReader own = open(1);
        own.next();
        for (int election = 0; election < 10; election++) {
            open(1).next();
        }

        assertThat(openInAtomix()).as("of the last one").isEqualTo(1);
        assertThat(own.next().index()).as("another reader goes on").isEqualTo(2);
        own.close();
        assertThat(openInAtomix()).isEqualTo(1);
    }

    @Test
    void stockAtomixLeavesEachFileOpenThatItHasRead() throws Exception {
        fillFiles();

        assertThat(times(stock.openReader(1))).isNotEmpty();

        assertThat(openFiles()).as("the defect that is guarded against").isEqualTo(4);
    }

    @Test
    void hasOneFileOpenAtMost() throws Exception {
        remembers = false;
        fillFiles();
        RaftLogReader reader = open(1);

        assertThat(times(reader)).hasSize((int) log.lastIndex());

        assertThat(openFiles()).isEqualTo(1);
        reader.reset(1);
        assertThat(reader.next().index()).isEqualTo(1);
        reader.reset(log.lastIndex());
        assertThat(reader.next().index()).isEqualTo(log.lastIndex());
        assertThat(openFiles()).isEqualTo(1);
    }

    private int openFiles() throws ReflectiveOperationException {
        Field readers = JournalSegment.class.getDeclaredField("readers");
        readers.setAccessible(true);
        int open = 0;
        for (JournalSegment<RaftLogEntry> segment : log.segments()) {
            open += ((Collection<?>) readers.get(segment)).size();
        }
        return open;
    }

    private int openInAtomix() throws ReflectiveOperationException {
        Field journal = RaftLog.class.getDeclaredField("journal");
        journal.setAccessible(true);
        Field readers = SegmentedJournal.class.getDeclaredField("readers");
        readers.setAccessible(true);
        return ((Collection<?>) readers.get(journal.get(stock))).size();
    }

    static Stream<Long> seeds() {
        return new Random().longs(20).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithAList(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        List<RaftLogReader> readers = List.of(open(1), open(1), open(1));
        long[] positions = {1, 1, 1};
        for (int step = 0; step < STEPS; step++) {
            remembers = random.nextInt(3) > 0;
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    long term = 1 + step;
                    int entries = random.nextInt(40);
                    append(term, entries);
                    model.append(term, entries);
                }
                case 3 -> {
                    long index = model.first + random.nextInt(model.entries.size() + 1) - 1;
                    writer.truncate(index);
                    model.truncate(index, positions);
                }
                case 4 -> {
                    if (random.nextInt(10) == 0) {
                        long index = model.last() + 2 + random.nextInt(5);
                        writer.reset(index);
                        model.reset(index, positions);
                    } else {
                        log.compact(model.first + random.nextInt(model.entries.size() + 1));
                        model.compact(log.firstIndex());
                    }
                }
                default -> {
                    int i = random.nextInt(readers.size());
                    if (random.nextBoolean()) {
                        long index = model.first - 2 + random.nextInt(model.entries.size() + 5);
                        readers.get(i).reset(index);
                        positions[i] = index;
                    }
                    for (int n = random.nextInt(30); n > 0 && model.clamp(positions[i]) <= model.last(); n--) {
                        positions[i] = model.clamp(positions[i]);
                        assertThat(readers.get(i).hasNext()).isTrue();
                        assertThat(readers.get(i).next().entry().term()).isEqualTo(model.term(positions[i]));
                        positions[i]++;
                    }
                }
            }
            for (int i = 0; i < positions.length; i++) {
                positions[i] = model.clamp(positions[i]);
                model.check(readers.get(i), positions[i]);
            }
        }
    }

    private RaftLogReader open(long index) {
        return log.openReader(index, JournalReader.Mode.ALL);
    }

    private void fillFiles() {
        while (log.segments().size() < 4) {
            append(1, 10);
        }
    }

    /** Appends entries whose time is their index. */
    private void append(long term, int entries) {
        for (int i = 0; i < entries; i++) {
            writer.append(new InitializeEntry(term, writer.getNextIndex()));
        }
    }

    private static List<Long> times(RaftLogReader reader) {
        List<Long> times = new ArrayList<>();
        while (reader.hasNext()) {
            times.add(((InitializeEntry) reader.next().entry()).timestamp());
        }
        return times;
    }

    /** Does what a member does; now and then it does not remember what it appended, as if there had been too much of it. */
    private final class Member implements GuardedLogWriter.Log {

        @Override
        public long firstIndex() {
            return log.firstIndex();
        }

        @Override
        public void beforeCut(long index) {}

        @Override
        public void afterCut(long index) {
            log.cutAfter(index);
        }

        @Override
        public GuardedLogWriter.End end() {
            return log.end();
        }

        @Override
        public void appended(Indexed<RaftLogEntry> entry) {
            if (remembers) {
                log.tail().add(entry);
            }
        }

        @Override
        public void failed(RuntimeException cause) {
            throw cause;
        }
    }

    /** The terms of the entries. */
    private static final class Model {

        private final List<Long> entries = new ArrayList<>();
        private long first = 1;

        void append(long term, int count) {
            for (int i = 0; i < count; i++) {
                entries.add(term);
            }
        }

        void truncate(long index, long[] positions) {
            while (last() > index) {
                entries.removeLast();
            }
            back(index, positions);
        }

        void reset(long index, long[] positions) {
            entries.clear();
            first = index;
            back(index - 1, positions);
        }

        private static void back(long index, long[] positions) {
            for (int i = 0; i < positions.length; i++) {
                positions[i] = Math.min(positions[i], index + 1);
            }
        }

        void compact(long to) {
            while (first < to) {
                entries.removeFirst();
                first++;
            }
        }

        long last() {
            return first + entries.size() - 1;
        }

        long term(long index) {
            return entries.get((int) (index - first));
        }

        long clamp(long index) {
            return Math.clamp(index, first, last() + 1);
        }

        void check(RaftLogReader reader, long position) {
            assertThat(reader.getFirstIndex()).isEqualTo(first);
            assertThat(reader.getNextIndex()).isEqualTo(position);
            assertThat(reader.hasNext()).isEqualTo(position <= last());
            Indexed<RaftLogEntry> current = reader.getCurrentEntry();
            if (position == first) {
                assertThat(current).isNull();
            } else {
                assertThat(current).isNotNull();
                assertThat(current.index()).isEqualTo(position - 1);
                assertThat(current.entry().term()).isEqualTo(term(position - 1));
            }
        }
    }
}
