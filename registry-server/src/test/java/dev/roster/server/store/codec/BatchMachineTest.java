package dev.roster.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.store.Command;
import dev.roster.server.store.Compact;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Images;
import dev.roster.server.store.Key;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.RandomCommands;
import dev.roster.server.store.Revision;
import dev.roster.server.store.StateImage;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches are applied once however often they are proposed, and what is remembered of them is bounded and part of the state. */
class BatchMachineTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final long CLIENT = 0x0123456789abcdefL;

    /** Places in an image: magic and version of the frame, then length and checksum of the first chunk. */
    private static final int MAGIC_AND_FRAME = Integer.BYTES + 1;
    private static final int FIRST_RECORD = MAGIC_AND_FRAME + 2 * Integer.BYTES;

    private final BatchMachine machine = new BatchMachine(StateMachine.empty());

    private List<CommandOutcome> apply(Instant time, long client, long sequence, long oldest, Command... commands) {
        byte[] batch = CommandCodec.encodeBatch(new Batch(client, sequence, oldest, List.of(commands)));
        return CommandCodec.decodeOutcomes(machine.apply(time, batch));
    }

    private static Txn put(String key, String value) {
        return Txn.of(new PutKey(Key.of(key), Value.of(value)));
    }

    private long revision() {
        return machine.stateMachine().view().revision().value();
    }

    @Test
    void appliesTheCommandsOfABatchInOrderEachByItself() {
        LeaseId lease = new LeaseId(7);
        Txn attached = Txn.of(new PutKey(Key.of("k"), Value.of("1"), lease));

        List<CommandOutcome> outcomes = apply(NOW, CLIENT, 0, 0, attached, new GrantLease(lease, Duration.ofSeconds(5)),
                attached);

        assertThat(outcomes).hasSize(3);
        assertThat(((CommandOutcome.Refused) outcomes.get(0)).reason()).isInstanceOf(LeaseNotFoundException.class);
        assertThat(((CommandOutcome.Done) outcomes.get(2)).result().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void appliesABatchThatIsProposedAgainOnce() {
        List<CommandOutcome> first = apply(NOW, CLIENT, 5, 3, put("k", "1"));
        apply(NOW, CLIENT, 6, 3, put("k", "2"));

        List<CommandOutcome> again = apply(NOW.plusSeconds(60), CLIENT, 5, 3, put("k", "1"));

        assertThat(again).isEqualTo(first);
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void tellsProposersApart() {
        apply(NOW, CLIENT, 5, 5, put("k", "1"));
        apply(NOW, CLIENT + 1, 5, 5, put("k", "2"));

        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void appliesBatchesThatOvertookOneAnother() {
        apply(NOW, CLIENT, 6, 5, put("k", "6"));
        apply(NOW, CLIENT, 5, 5, put("k", "5"));

        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void doesNotApplyWhatItsProposerNoLongerWaitsFor() {
        apply(NOW, CLIENT, 5, 5, put("k", "1"));
        apply(NOW, CLIENT, 7, 7, put("k", "2"));

        assertThat(apply(NOW, CLIENT, 5, 5, put("k", "1"))).isEmpty();
        assertThat(apply(NOW, CLIENT, 6, 6, put("k", "1"))).isEmpty();
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void forgetsTheOutcomesOfTooManyBatchesButAppliesNoneTwice() {
        for (int sequence = 0; sequence <= ClientTable.MAX_BATCHES; sequence++) {
            apply(NOW, CLIENT, sequence, 0, put("k", "" + sequence));
        }
        long before = revision();

        assertThat(apply(NOW, CLIENT, 0, 0, put("k", "0"))).isEmpty();
        assertThat(apply(NOW, CLIENT, 1, 0, put("k", "1"))).hasSize(1);
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void forgetsOutcomesThatAreTooLargeButAppliesNoneTwice() {
        String large = "x".repeat(1_500_000);
        for (int sequence = 0; sequence < 5; sequence++) {
            apply(NOW, CLIENT, sequence, 0, put("k", large));
        }

        assertThat(apply(NOW, CLIENT, 1, 0, put("k", large))).isEmpty();
        assertThat(apply(NOW, CLIENT, 4, 0, put("k", large))).hasSize(1);
        assertThat(revision()).isEqualTo(5);
    }

    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"P365D", "PT11M", "-PT11M", "-P365D"})
    void remembersThroughAJumpOfTheLeadersClock(Duration jump) {
        List<CommandOutcome> first = apply(NOW, CLIENT, 5, 5, put("k", "1"));
        apply(NOW.plus(jump), CLIENT + 1, 0, 0, put("k", "2"));
        apply(NOW.plus(jump).plus(jump), CLIENT + 1, 1, 1, put("k", "3"));

        List<CommandOutcome> again = apply(NOW.plus(jump), CLIENT, 5, 5, put("k", "1"));

        assertThat(again).isEqualTo(first);
        assertThat(revision()).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void givesTheSameBytesWhateverTheClocksSaid(long seed) {
        List<Batch> log = log(seed);
        SplittableRandom clock = new SplittableRandom(seed);
        BatchMachine steady = new BatchMachine(StateMachine.empty());
        BatchMachine jumping = new BatchMachine(StateMachine.empty());

        for (Batch batch : log) {
            byte[] expected = steady.apply(NOW, batch);
            assertThat(jumping.apply(NOW.plusSeconds(clock.nextLong(-1_000_000, 1_000_000)), batch))
                    .isEqualTo(expected);
        }

        assertThat(Images.bytes(jumping.image())).isEqualTo(Images.bytes(steady.image()));
    }

    @Test
    void forgetsOutcomesOfTheLeastRecentProposersWhenAllTogetherAreTooLarge() {
        String large = "x".repeat(2_000_000);
        apply(NOW, CLIENT, 0, 0, put("k", large));
        int others = (int) (ClientTable.MAX_BYTES_OF_ALL / 2_000_000) + 1;
        for (int i = 1; i <= others; i++) {
            apply(NOW, CLIENT + i, 0, 0, put("k", large));
            apply(NOW, CLIENT + i, 1, 0, put("k", large));
        }
        long before = revision();

        assertThat(apply(NOW, CLIENT + 1, 0, 0, put("k", large))).isEmpty();
        assertThat(apply(NOW, CLIENT + others, 1, 0, put("k", large))).hasSize(1);
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void forgetsTheLeastRecentOfTooManyProposers() {
        apply(NOW, CLIENT, 0, 0, put("k", "1"));
        apply(NOW, CLIENT + 1, 0, 0, put("k", "2"));
        apply(NOW, CLIENT, 0, 0, put("k", "1"));
        for (int i = 2; i <= ClientTable.MAX_CLIENTS; i++) {
            apply(NOW, CLIENT + i, 0, 0);
        }

        apply(NOW, CLIENT, 0, 0, put("k", "1"));
        assertThat(revision()).isEqualTo(2);
        apply(NOW, CLIENT + 1, 0, 0, put("k", "2"));
        assertThat(revision()).isEqualTo(3);
    }

    @Test
    void remembersThroughAnImage() throws IOException {
        List<CommandOutcome> first = apply(NOW, CLIENT, 5, 3, put("k", "1"));
        BatchMachine restored = new BatchMachine(StateMachine.empty());

        restored.restore(Images.input(Images.bytes(machine.image())));

        byte[] again = CommandCodec.encodeBatch(new Batch(CLIENT, 5, 3, List.of(put("k", "1"))));
        assertThat(CommandCodec.decodeOutcomes(restored.apply(NOW, again))).isEqualTo(first);
        assertThat(restored.stateMachine().view().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void keepsAnImageAsItWasWhileBatchesGoOn() {
        apply(NOW, CLIENT, 5, 3, put("k", "1"));
        byte[] expected = Images.bytes(machine.image());
        StateImage image = machine.image();

        apply(NOW.plusSeconds(1), CLIENT, 6, 6, put("k", "2"));

        assertThat(Images.bytes(image)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void givesTheSameBytesHoweverAStateWasReached(long seed) throws IOException {
        List<Batch> log = log(seed);
        BatchMachine straight = new BatchMachine(StateMachine.empty());
        BatchMachine restored = new BatchMachine(StateMachine.empty());

        for (int i = 0; i < log.size(); i++) {
            Instant time = NOW.plusSeconds(20L * i);
            byte[] expected = straight.apply(time, log.get(i));
            assertThat(restored.apply(time, log.get(i))).as("outcomes of batch %d", i).isEqualTo(expected);
            if (i % 23 == 0) {
                byte[] image = Images.bytes(restored.image());
                restored = new BatchMachine(StateMachine.empty());
                restored.restore(Images.input(image));
            }
        }

        assertThat(Images.bytes(restored.image())).isEqualTo(Images.bytes(straight.image()));
    }

    /** Returns batches of a few proposers, some proposed again, some out of order. */
    private static List<Batch> log(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Batch> log = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            if (i > 3 && random.nextInt(4) == 0) {
                log.add(log.get(i - random.nextInt(1, 4)));
            } else {
                List<Command> several = new ArrayList<>();
                for (int left = random.nextInt(5); left > 0; left--) {
                    several.add(commands.next(i * 2L));
                }
                long sequence = i + random.nextInt(3);
                log.add(new Batch(random.nextInt(3), sequence, Math.max(0, sequence - random.nextInt(4)), several));
            }
        }
        return log;
    }

    @Test
    void keepsTheBytesOfImageVersion2() {
        sampleState();

        Golden.check("image-v2", Images.bytes(machine.image()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-v1", "image-v2"})
    void readsTheBytesOfEveryVersionOfTheImage(String golden) throws IOException {
        sampleState();

        BatchMachine restored = new BatchMachine(StateMachine.empty());
        restored.restore(Images.input(Golden.bytes(golden)));

        assertThat(Images.bytes(restored.image())).isEqualTo(Images.bytes(machine.image()));
    }

    private void sampleState() {
        apply(NOW, CLIENT, 0, 0, new GrantLease(Samples.LEASE, Duration.ofSeconds(30)), put("a", "1"), put("gone", "1"),
                Txn.of(new PutKey(Key.of("attached"), Value.of("1"), Samples.LEASE)));
        apply(NOW, CLIENT, 1, 1, Txn.of(new DeleteKeys(Key.of("gone"))),
                new Compact(new Revision(2)), put("a", "2"), Samples.txn());
        apply(NOW.plusNanos(1), CLIENT + 1, 7, 7, put("b", ""));
    }

    @Test
    void refusesDamagedImages() {
        sampleState();
        byte[] image = Images.bytes(machine.image());

        Damage.isAlwaysRefused(image, bytes -> new BatchMachine(StateMachine.empty()).restore(Images.input(bytes)));
    }

    @Test
    void refusesImagesWhoseRecordsMakeNoSense() {
        sampleState();
        byte[] image = Images.bytes(machine.image());
        int records = image.length - FIRST_RECORD;

        Damage.isRefusedOrMakesSense(20261121, Arrays.copyOfRange(image, FIRST_RECORD, image.length), changed -> {
            byte[] whole = image.clone();
            System.arraycopy(changed, 0, whole, FIRST_RECORD, Math.min(records, changed.length));
            new BatchMachine(StateMachine.empty()).restore(Images.input(withChecksums(whole)));
        });
    }

    /** Makes the checksums of all chunks right, as far as lengths lead to chunks. */
    private static byte[] withChecksums(byte[] image) {
        ByteBuffer buffer = ByteBuffer.wrap(image);
        int at = MAGIC_AND_FRAME;
        while (at + 2 * Integer.BYTES <= image.length) {
            int length = buffer.getInt(at);
            if (length == 0) {
                at += Integer.BYTES + MAGIC_AND_FRAME;
            } else if (length < 0 || length > image.length - at - 2 * Integer.BYTES) {
                break;
            } else {
                CRC32C checksum = new CRC32C();
                checksum.update(image, at + 2 * Integer.BYTES, length);
                buffer.putInt(at + Integer.BYTES, (int) checksum.getValue());
                at += 2 * Integer.BYTES + length;
            }
        }
        return image;
    }

    @Test
    void keepsItsStateWhenAnImageIsRefused() {
        sampleState();
        byte[] before = Images.bytes(machine.image());

        assertThatThrownBy(() -> machine.restore(Images.input(Arrays.copyOf(before, before.length - 1))))
                .isInstanceOf(CorruptStateException.class);

        assertThat(Images.bytes(machine.image())).isEqualTo(before);
    }

    @Test
    void refusesBytesThatAreNoBatch() {
        assertThatThrownBy(() -> machine.apply(NOW, new byte[0])).isInstanceOf(CorruptStateException.class);
    }
}
