package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the state takes is counted as it changes. */
class StateSizeTest {

    private static final int KEYS = 40;
    private static final int LEASES = 5;

    private final StateMachine machine = StateMachine.empty();

    @Test
    void aStateWithoutKeysTakesNothing() {
        assertThat(machine.bytes()).isZero();

        apply(Txn.of(new PutKey(Key.of("k"), Value.of(new byte[1000]))));
        assertThat(machine.bytes()).isBetween(1000L, 1100L);

        apply(Txn.of(new DeleteKeys(Key.of("k"))));
        assertThat(machine.bytes()).isZero();
    }

    @Test
    void isAboutWhatAnImageTakes() throws IOException {
        for (int i = 0; i < 2000; i++) {
            apply(Txn.of(new PutKey(Key.of("some/key/" + i), Value.of(new byte[300]))));
            apply(new GrantLease(new LeaseId(i + 1), Duration.ofSeconds(30)));
        }
        apply(new Compact(machine.view().revision()));

        assertThat((double) image().length).isCloseTo(machine.bytes(), within(machine.bytes() / 8.0));
        assertThat(machine.bytes()).as("no less").isGreaterThanOrEqualTo(image().length);
    }

    @Test
    void isAsItWouldBeCountedAnew() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            try {
                apply(command(random));
            } catch (StoreException refused) {
                // A lease that there is, or is not: nothing was changed.
            }
            assertThat(machine.bytes()).as("seed %d, command %d", seed, i).isEqualTo(counted());
        }

        StateMachine restored = StateMachine.empty();
        restored.restore(new DataInputStream(new ByteArrayInputStream(image())));
        assertThat(restored.bytes()).as("seed %d", seed).isEqualTo(machine.bytes());
    }

    private static Command command(Random random) {
        Key key = key(random);
        Key other = key(random);
        LeaseId lease = new LeaseId(1 + random.nextInt(LEASES));
        Value value = Value.of(new byte[random.nextInt(500)]);
        return switch (random.nextInt(7)) {
            case 0 -> new GrantLease(lease, Duration.ofSeconds(9));
            case 1 -> new RevokeLeases(List.of(lease));
            case 2 -> Txn.of(new DeleteKeys(new KeyRange(key, null)), new DeleteKeys(other));
            case 3 -> Txn.of(UpdateKey.keepingLease(key, value));
            case 4 -> Txn.of(new PutKey(key, value, lease));
            case 5 -> Txn.of(new DeleteKeys(other), Txn.of(new PutKey(Key.of("new" + random.nextInt(KEYS)), value)));
            default -> Txn.of(new PutKey(key, value));
        };
    }

    private static Key key(Random random) {
        return Key.of("k" + random.nextInt(KEYS));
    }

    private long counted() {
        long bytes = KeySpaceImage.bytesOf(machine.leases().size());
        for (KeyValue key : machine.view().read(KeyRange.ALL, 3 * KEYS).keys()) {
            bytes += KeySpaceImage.bytesOf(key);
        }
        return bytes;
    }

    private byte[] image() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        machine.image().writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void apply(Command command) {
        machine.apply(Instant.EPOCH, command);
    }
}
