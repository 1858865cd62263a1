package dev.roster.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.store.Command;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyNotFoundException;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.RandomCommands;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.ValueWriter;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The binary form of commands, batches and outcomes: what is written is read again, today and from the files of old. */
class CommandCodecTest {

    private static final int HEADER_BYTES = 9;

    static List<Command> commands() {
        return Samples.commands();
    }

    private static List<CommandOutcome> outcomes() {
        List<CommandOutcome> outcomes = new ArrayList<>();
        Samples.results().forEach(result -> outcomes.add(new CommandOutcome.Done(result)));
        Samples.reasons().forEach(reason -> outcomes.add(new CommandOutcome.Refused(reason)));
        return outcomes;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsTheCommandThatWasWritten(Command command) {
        assertThat(CommandCodec.decodeCommand(CommandCodec.encodeCommand(command))).isEqualTo(command);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsAnyCommandThatWasWritten(long seed) {
        RandomCommands random = new RandomCommands(seed);

        for (int i = 0; i < 2000; i++) {
            Command command = random.next(50);
            assertThat(CommandCodec.decodeCommand(CommandCodec.encodeCommand(command))).isEqualTo(command);
        }
    }

    @Test
    void readsRangesAroundTheLongestKey() {
        byte[] longest = new byte[Key.MAX_BYTES];
        Arrays.fill(longest, (byte) 'x');
        Key key = Key.of(longest);
        Txn txn = Txn.of(new DeleteKeys(key), new DeleteKeys(KeyRange.ALL.after(key)),
                new DeleteKeys(new KeyRange(Key.of("a"), KeyRange.of(key).to())));

        assertThat(CommandCodec.decodeCommand(CommandCodec.encodeCommand(txn))).isEqualTo(txn);
    }

    @Test
    void readsOneCommandOfAStreamAndNoMore() throws IOException {
        byte[] first = CommandCodec.encodeCommand(Samples.txn());
        byte[] second = CommandCodec.encodeCommand(Txn.of());
        byte[] both = ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(both));

        assertThat(CommandCodec.decodeCommand(input)).isEqualTo(Samples.txn());
        assertThat(CommandCodec.decodeCommand(input)).isEqualTo(Txn.of());
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void readsTheBatchThatWasWritten() {
        assertThat(CommandCodec.decodeBatch(CommandCodec.encodeBatch(Samples.batch()))).isEqualTo(Samples.batch());
    }

    @Test
    void readsTheOutcomesThatWereWritten() {
        List<CommandOutcome> read = CommandCodec.decodeOutcomes(CommandCodec.encodeOutcomes(outcomes()));

        int results = Samples.results().size();
        assertThat(read.subList(0, results)).isEqualTo(outcomes().subList(0, results));
        List<StoreException> reasons = Samples.reasons();
        for (int i = 0; i < reasons.size(); i++) {
            StoreException reason = ((CommandOutcome.Refused) read.get(results + i)).reason();
            assertThat(reason).isExactlyInstanceOf(reasons.get(i).getClass()).hasMessage(reasons.get(i).getMessage());
        }
    }

    @Test
    void writesOnlyRefusalsThatEveryReplicaMakes() {
        assertThatThrownBy(() -> new CommandOutcome.Refused(new OutcomeUnknownException("no")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheBytesOfVersion1() {
        for (int i = 0; i < Samples.commands().size(); i++) {
            Golden.check("command-v1-" + i, CommandCodec.encodeCommand(Samples.commands().get(i)));
        }
        Golden.check("batch-v1", CommandCodec.encodeBatch(Samples.batch()));
        Golden.check("outcomes-v1", CommandCodec.encodeOutcomes(outcomes()));
    }

    @Test
    void readsTheBytesOfVersion1() {
        for (int i = 0; i < Samples.commands().size(); i++) {
            assertThat(CommandCodec.decodeCommand(Golden.bytes("command-v1-" + i)))
                    .isEqualTo(Samples.commands().get(i));
        }
        assertThat(CommandCodec.decodeBatch(Golden.bytes("batch-v1"))).isEqualTo(Samples.batch());
        assertThat(CommandCodec.decodeOutcomes(Golden.bytes("outcomes-v1"))).hasSize(outcomes().size());
    }

    @Test
    void writesAndReadsTheBytesOfVersion2() {
        Txn txn = Samples.txnOfVersion2();
        List<CommandOutcome> outcomes = new ArrayList<>();
        Samples.resultsOfVersion2().forEach(result -> outcomes.add(new CommandOutcome.Done(result)));
        Samples.reasonsOfVersion2().forEach(reason -> outcomes.add(new CommandOutcome.Refused(reason)));

        Golden.check("command-v2-0", CommandCodec.encodeCommand(txn));
        assertThat(CommandCodec.decodeCommand(Golden.bytes("command-v2-0"))).isEqualTo(txn);
        Golden.check("outcomes-v2", CommandCodec.encodeOutcomes(outcomes));
        List<CommandOutcome> read = CommandCodec.decodeOutcomes(Golden.bytes("outcomes-v2"));
        assertThat(read.getFirst()).isEqualTo(outcomes.getFirst());
        assertThat(((CommandOutcome.Refused) read.getLast()).reason()).isInstanceOf(KeyNotFoundException.class)
                .hasMessage("no key registry/default/orders/1");
    }

    @Test
    void writesAndReadsTheBytesOfARestorationInVersion2() {
        List<CommandOutcome> outcomes = List.of(new CommandOutcome.Done(Samples.restored()));

        Golden.check("command-v2-1", CommandCodec.encodeCommand(Samples.restore()));
        assertThat(CommandCodec.decodeCommand(Golden.bytes("command-v2-1"))).isEqualTo(Samples.restore());
        Golden.check("outcomes-v2-1", CommandCodec.encodeOutcomes(outcomes));
        assertThat(CommandCodec.decodeOutcomes(Golden.bytes("outcomes-v2-1"))).isEqualTo(outcomes);
    }

    @Test
    void writesAndReadsTheBytesOfVersion3() {
        Golden.check("command-v3-0", CommandCodec.encodeCommand(Samples.expiry()));
        assertThat(CommandCodec.decodeCommand(Golden.bytes("command-v3-0"))).isEqualTo(Samples.expiry());
        Damage.isAlwaysRefused(CommandCodec.encodeCommand(Samples.expiry()), CommandCodec::decodeCommand);
    }

    @Test
    void writesAndReadsTheBytesOfVersion4() {
        Golden.check("command-v4-0", CommandCodec.encodeCommand(Samples.commitParts()));
        assertThat(CommandCodec.decodeCommand(Golden.bytes("command-v4-0"))).isEqualTo(Samples.commitParts());
        Damage.isAlwaysRefused(CommandCodec.encodeCommand(Samples.commitParts()), CommandCodec::decodeCommand);
    }

    @Test
    void refusesKindsOfVersion2InVersion1() {
        byte[] content = CommandCodec.encodeCommand(Samples.txnOfVersion2());
        byte[] older = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
        older[0] = 1;

        assertThatThrownBy(() -> CommandCodec.decodeCommand(sealed((byte) 'C', older)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageStartingWith("kind of operation is 5, expected 1 to 4");
    }

    @Test
    void refusesDamage() {
        Damage.isAlwaysRefused(CommandCodec.encodeCommand(Samples.txn()), CommandCodec::decodeCommand);
        Damage.isAlwaysRefused(CommandCodec.encodeCommand(Samples.txn()), CommandCodecTest::readFromStream);
        Damage.isAlwaysRefused(CommandCodec.encodeCommand(Samples.txnOfVersion2()), CommandCodec::decodeCommand);
        Damage.isAlwaysRefused(CommandCodec.encodeBatch(Samples.batch()), CommandCodec::decodeBatch);
        Damage.isAlwaysRefused(CommandCodec.encodeOutcomes(outcomes()), CommandCodec::decodeOutcomes);
    }

    private static void readFromStream(byte[] bytes) throws IOException {
        CommandCodec.decodeCommand(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void refusesDamageThatAChecksumWouldNotFind() {
        refusesChangedContent(CommandCodec.encodeBatch(Samples.batch()), CommandCodec::decodeBatch);
        refusesChangedContent(CommandCodec.encodeOutcomes(outcomes()), CommandCodec::decodeOutcomes);
    }

    private static void refusesChangedContent(byte[] sound, Damage.Reader reader) {
        byte[] content = Arrays.copyOfRange(sound, HEADER_BYTES, sound.length);
        Damage.isRefusedOrMakesSense(20261121, content, changed -> reader.read(sealed(sound[0], changed)));
    }

    private static byte[] sealed(byte kind, byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return ByteBuffer.allocate(HEADER_BYTES + content.length).put(kind).putInt(content.length)
                .putInt((int) checksum.getValue()).put(content).array();
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        byte[] batch = CommandCodec.encodeBatch(Samples.batch());

        assertThatThrownBy(() -> CommandCodec.decodeCommand(batch)).isInstanceOf(CorruptStateException.class)
                .hasMessage("kind is 0x42, expected 0x43 for COMMAND, at offset 0");
        assertThatThrownBy(() -> CommandCodec.decodeBatch(Arrays.copyOf(batch, 30)))
                .hasMessage("BATCH has a length of " + (batch.length - HEADER_BYTES) + ", but 21 bytes, at offset 1");
        assertThatThrownBy(() -> CommandCodec.decodeCommand(sealed((byte) 'C', new byte[]{5, 1})))
                .hasMessage("version is 5, expected 1 to 4, at offset 0");
        assertThatThrownBy(() -> CommandCodec.decodeCommand(sealed((byte) 'C', new byte[]{1, 9})))
                .hasMessage("kind of command is 9, expected 1 to 7, at offset 1");
    }

    @Test
    void refusesCommandsThatCannotBe() {
        byte[] content = new ValueWriter(1).octet(2).fixed(7).duration(Duration.ZERO).toBytes();

        assertThatThrownBy(() -> CommandCodec.decodeCommand(sealed((byte) 'C', content)))
                .isInstanceOf(CorruptStateException.class).hasMessageContaining("ttl is out of range");
    }

    @Test
    void refusesTransactionsNestedWithoutEnd() {
        ValueWriter endless = new ValueWriter(1).octet(1);
        for (int depth = 0; depth < 100_000; depth++) {
            endless.count(0).count(1).octet(4);
        }

        assertThatThrownBy(() -> CommandCodec.decodeCommand(sealed((byte) 'C', endless.toBytes())))
                .isInstanceOf(CorruptStateException.class).hasMessageContaining("nested more than 8 deep");
    }

    @Test
    void refusesABatchThatMakesNoSense() {
        assertThatThrownBy(() -> new Batch(1, 4, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Batch(1, 4, -1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Batch(1, 4, 1, Collections.nCopies(1025, Txn.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Txn.of(new DeleteKeys(Key.of("")))).isInstanceOf(InvalidCommandException.class);
    }
}
