package dev.roster.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.roster.server.store.CorruptStateException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes in every way that is likely, and demands that the damage is refused in the one way that is right. */
final class Damage {

    /** Something that reads bytes. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    private Damage() {}

    /** Every bit flipped by itself, every length cut to, and bytes behind the end. */
    static void isAlwaysRefused(byte[] sound, Reader reader) {
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            isRefused(flipped, "bit " + bit + " flipped", reader);
        }
        for (int length = 0; length < sound.length; length++) {
            isRefused(Arrays.copyOf(sound, length), "cut to " + length, reader);
        }
    }

    static void isRefused(byte[] bytes, String how, Reader reader) {
        assertThatThrownBy(() -> reader.read(bytes)).as(how).isInstanceOf(CorruptStateException.class);
    }

    /** Many bytes changed at random, where no checksum finds it: what is read may make sense, or is refused. */
    static void isRefusedOrMakesSense(long seed, byte[] sound, Reader reader) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = Arrays.copyOf(sound, random.nextInt(1, sound.length + 1));
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                reader.read(changed);
            } catch (CorruptStateException e) {
                assertThat(e).hasMessageContaining("at offset");
            } catch (Exception e) {
                fail("seed " + seed + ", round " + round, e);
            }
        }
    }
}
