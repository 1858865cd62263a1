package dev.roster.server.store.codec;

import dev.roster.server.store.Command;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Commands, batches and outcomes as bytes. Equal ones have equal bytes, of the oldest version that can say them: so members
 * of that version go on understanding one another while a cluster is upgraded. Every form that was released can be read by later
 * versions; a newer form than this program knows, and damage of any kind, is refused with {@link CorruptStateException}.
 */
public final class CommandCodec {

    /** Newest version of the content of all three forms. */
    private static final int FORMAT = 4;

    private CommandCodec() {}

    /** Returns the bytes of a command. */
    public static byte[] encodeCommand(Command command) {
        ValueWriter writer = new ValueWriter(CommandFields.versionOf(command));
        CommandFields.write(writer, command);
        return Envelope.COMMAND.seal(writer);
    }

    /** Returns the command of these bytes. */
    public static Command decodeCommand(byte[] bytes) {
        return decode(Envelope.COMMAND.open(bytes, FORMAT), CommandFields::readCommand);
    }

    /** Reads the bytes of one command, and none after them. */
    public static Command decodeCommand(DataInput input) throws IOException {
        return decode(Envelope.COMMAND.open(input, FORMAT), CommandFields::readCommand);
    }

    /** Returns the bytes of a batch. */
    public static byte[] encodeBatch(Batch batch) {
        int version = batch.commands().stream().mapToInt(CommandFields::versionOf).max().orElse(1);
        ValueWriter writer = new ValueWriter(version).fixed(batch.clientId()).number(batch.sequence())
                .number(batch.oldestOutstanding()).count(batch.commands().size());
        batch.commands().forEach(command -> CommandFields.write(writer, command));
        return Envelope.BATCH.seal(writer);
    }

    /** Returns the batch of these bytes. */
    public static Batch decodeBatch(byte[] bytes) {
        return decode(Envelope.BATCH.open(bytes, FORMAT), reader -> {
            long clientId = reader.fixed("client id");
            int start = reader.offset();
            long sequence = reader.number("sequence");
            long oldestOutstanding = reader.number("oldest outstanding");
            List<Command> commands = new ArrayList<>();
            for (int left = reader.count("commands"); left > 0; left--) {
                commands.add(CommandFields.readCommand(reader));
            }
            try {
                return new Batch(clientId, sequence, oldestOutstanding, commands);
            } catch (IllegalArgumentException e) {
                throw reader.damaged("batch", start, "makes no sense: " + e.getMessage());
            }
        });
    }

    /** Returns the bytes of what became of the commands of a batch, in its order. */
    public static byte[] encodeOutcomes(List<CommandOutcome> outcomes) {
        int version = outcomes.stream().mapToInt(OutcomeFields::versionOf).max().orElse(1);
        ValueWriter writer = new ValueWriter(version).count(outcomes.size());
        outcomes.forEach(outcome -> OutcomeFields.write(writer, outcome));
        return Envelope.OUTCOMES.seal(writer);
    }

    /** Returns the outcomes of these bytes. */
    public static List<CommandOutcome> decodeOutcomes(byte[] bytes) {
        return decode(Envelope.OUTCOMES.open(bytes, FORMAT), reader -> {
            List<CommandOutcome> outcomes = new ArrayList<>();
            for (int left = reader.count("outcomes"); left > 0; left--) {
                outcomes.add(OutcomeFields.readOutcome(reader));
            }
            return List.copyOf(outcomes);
        });
    }

    private static <T> T decode(ValueReader reader, Function<ValueReader, T> fields) {
        try {
            T decoded = fields.apply(reader);
            reader.end();
            return decoded;
        } catch (InvalidCommandException e) {
            // Whoever wrote these bytes had such a value in hand, so a value that cannot be is damage.
            throw reader.damaged(e.field(), reader.offset(), "is out of range: " + e.getMessage());
        }
    }
}
