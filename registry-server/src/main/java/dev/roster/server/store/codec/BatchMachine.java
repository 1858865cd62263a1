package dev.roster.server.store.codec;

import dev.roster.server.store.Command;
import dev.roster.server.store.StateImage;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.StoreException;
import java.io.DataInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies batches to a state machine, each once however often it is proposed: a pure function, as the machine itself is. The
 * outcomes of a batch are remembered until its proposer says that it knows them, and are part of the image.
 *
 * <p>For the engine's thread alone; the image may be written by another.
 */
public final class BatchMachine {
    private final StateMachine machine;
    private ClientTable clients = new ClientTable();

    /** Makes a machine that remembers nothing yet. Nobody else applies to the state machine, or restores it. */
    public BatchMachine(StateMachine machine) {
        this.machine = machine;
    }

    /** Returns the state machine that batches are applied to. */
    public StateMachine stateMachine() {
        return machine;
    }

    /**
     * Applies a log entry.
     *
     * @param time the time of the entry, for the state machine: what is remembered of batches does not depend on it
     * @param batch as {@link CommandCodec#encodeBatch} made it
     * @return outcomes for {@link CommandCodec#decodeOutcomes}, as many as commands. None at all if the batch was applied, or
     *     given up by its proposer, so long ago that nothing is remembered: it is not applied again, and what became of it
     *     can no longer be told
     * @throws dev.roster.server.store.CorruptStateException if the bytes are no batch; the replica must stop
     */
    public byte[] apply(Instant time, byte[] batch) {
        return apply(time, CommandCodec.decodeBatch(batch));
    }

    /** Applies a log entry, as {@link #apply(Instant, byte[])} does. */
    public byte[] apply(Instant time, Batch batch) {
        ClientTable.Client client = clients.touch(batch.clientId(), batch.oldestOutstanding());
        byte[] remembered = client.find(batch.sequence());
        if (remembered != null) {
            return remembered;
        }
        List<CommandOutcome> outcomes = new ArrayList<>(batch.commands().size());
        for (Command command : batch.commands()) {
            outcomes.add(apply(time, command));
        }
        byte[] encoded = CommandCodec.encodeOutcomes(outcomes);
        clients.remember(client, batch.sequence(), encoded);
        return encoded;
    }

    private CommandOutcome apply(Instant time, Command command) {
        try {
            return new CommandOutcome.Done(machine.apply(time, command));
        } catch (StoreException refused) {
            return new CommandOutcome.Refused(refused);
        }
    }

    /** Returns an image of what is remembered and of the state machine, as {@link StateMachine#image} does. */
    public StateImage image() {
        return new BatchMachineImage(clients.copy(), machine.image());
    }

    /** Replaces what is remembered and the state machine's state by an image, as {@link StateMachine#restore} does. */
    public void restore(DataInput input) throws IOException {
        ClientTable restored = BatchMachineImage.readClients(input);
        machine.restore(input);
        clients = restored;
    }
}
