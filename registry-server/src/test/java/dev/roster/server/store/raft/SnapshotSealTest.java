package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.raft.SnapshotSeal.SealedInput;
import dev.roster.server.store.raft.SyncedSnapshotStore.Boundary;
import io.atomix.storage.buffer.HeapBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSealTest {

    private static final Boundary LAST = new Boundary(77, 3);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
    void readsBackWhatWasSealed(int length) throws IOException {
        byte[] content = random(length);

        SealedInput sealed = SnapshotSeal.reader(wrap(sealed(content)));

        assertThat(sealed.readAllBytes()).isEqualTo(content);
        assertThat(sealed.last()).isEqualTo(LAST);
    }

    @Test
    void refusesEveryFlippedBit() throws IOException {
        byte[] sealed = sealed(random(300));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] damaged = sealed.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThatExceptionOfType(CorruptStateException.class).as("bit %d", bit)
                    .isThrownBy(() -> SnapshotSeal.reader(wrap(damaged)).readAllBytes());
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] sealed = sealed(random(300));
        for (int length = 0; length < sealed.length; length++) {
            byte[] truncated = java.util.Arrays.copyOf(sealed, length);

            assertThatExceptionOfType(CorruptStateException.class).as("%d bytes", length)
                    .isThrownBy(() -> SnapshotSeal.reader(wrap(truncated)).readAllBytes());
        }
    }

    private static byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = SnapshotSeal.writer(bytes, LAST)) {
            out.write(content, 0, content.length / 2);
            for (int i = content.length / 2; i < content.length; i++) {
                out.write(content[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static HeapBuffer wrap(byte[] bytes) {
        return HeapBuffer.wrap(bytes.clone());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
