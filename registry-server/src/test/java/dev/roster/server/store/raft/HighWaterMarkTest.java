package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HighWaterMarkTest {

    /** The number of a slot decides where it lies; the mark of a new file has the numbers 1 and 2. */
    private static final int SLOT_OF_EVEN_NUMBERS = 0;
    private static final int SLOT_OF_ODD_NUMBERS = 4096;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("mark");
    }

    @Test
    void remembersTheLastEntry() {
        try (HighWaterMark mark = HighWaterMark.open(file, false)) {
            mark.raise(5, 1);
            mark.raise(9, 2);
        }

        try (HighWaterMark mark = HighWaterMark.open(file, true)) {
            assertThat(mark.index()).isEqualTo(9);
            assertThat(mark.term()).isEqualTo(2);
        }
    }

    @Test
    void canBeLowered() {
        try (HighWaterMark mark = HighWaterMark.open(file, false)) {
            mark.raise(9, 2);
            mark.lower(4, 0);
        }

        try (HighWaterMark mark = HighWaterMark.open(file, true)) {
            assertThat(mark.index()).isEqualTo(4);
            assertThat(mark.term()).isZero();
        }
    }

    @Test
    void isNeverRaisedByACutBehindIt() {
        try (HighWaterMark mark = HighWaterMark.open(file, false)) {
            mark.raise(50, 2);
            mark.lower(55, 0);
        }

        try (HighWaterMark mark = HighWaterMark.open(file, true)) {
            assertThat(mark.index()).isEqualTo(50);
            assertThat(mark.term()).isEqualTo(2);
        }
    }

    @Test
    void fallsBackToTheSlotBeforeWhenTheLastIsTorn() throws IOException {
        try (HighWaterMark mark = HighWaterMark.open(file, false)) {
            mark.raise(5, 1);
            mark.raise(9, 2);
        }
        flipByteAt(SLOT_OF_EVEN_NUMBERS + 8);

        try (HighWaterMark mark = HighWaterMark.open(file, true)) {
            assertThat(mark.index()).isEqualTo(5);
        }
    }

    @Test
    void neverFallsBackBehindALowering() throws IOException {
        try (HighWaterMark mark = HighWaterMark.open(file, false)) {
            mark.raise(9, 2);
            mark.lower(4, 0);
        }
        flipByteAt(SLOT_OF_ODD_NUMBERS + 8);

        try (HighWaterMark mark = HighWaterMark.open(file, true)) {
            assertThat(mark.index()).isEqualTo(4);
        }
    }

    @Test
    void refusesAFileWithoutAWholeSlot() throws IOException {
        HighWaterMark.open(file, false).close();
        flipByteAt(SLOT_OF_EVEN_NUMBERS + 8);
        flipByteAt(SLOT_OF_ODD_NUMBERS + 8);

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> HighWaterMark.open(file, true))
                .withMessageContaining("is damaged");
    }

    @Test
    void refusesALogWithoutAMark() {
        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> HighWaterMark.open(file, true))
                .withMessageContaining("is missing");
        assertThat(Files.exists(file)).isFalse();
    }

    private void flipByteAt(long position) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(position);
            int value = raw.read();
            raw.seek(position);
            raw.write(value ^ 1);
        }
    }
}
