package dev.roster.server.store.codec;

import dev.roster.server.store.ChunkReader;
import dev.roster.server.store.ChunkWriter;
import dev.roster.server.store.Revision;
import dev.roster.server.store.StateImage;
import dev.roster.server.store.ValueReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The image of a {@link BatchMachine}: the clients, and behind them the image of its state machine. */
final class BatchMachineImage implements StateImage {

    /** "RSTB": Roster state, batches. */
    private static final int MAGIC = 0x52535442;

    /** Version 1 noted when a client was last used; what is kept follows from their order alone. */
    private static final int FORMAT = 2;

    private static final int CLIENT = 1;
    private static final int OUTCOMES = 2;

    private final ClientTable clients;
    private final StateImage state;

    BatchMachineImage(ClientTable clients, StateImage state) {
        this.clients = clients;
        this.state = state;
    }

    @Override
    public Revision revision() {
        return state.revision();
    }

    @Override
    public void writeTo(DataOutput output) throws IOException {
        ChunkWriter chunks = new ChunkWriter(output, MAGIC, FORMAT);
        for (ClientTable.Client client : clients.all()) {
            chunks.record(out -> out.octet(CLIENT).fixed(client.id).number(client.floor()));
            for (Map.Entry<Long, byte[]> batch : client.outcomes().entrySet()) {
                chunks.record(out -> out.octet(OUTCOMES).number(batch.getKey()).bytes(batch.getValue()));
            }
        }
        chunks.end();
        state.writeTo(output);
    }

    /** Reads the clients, and nothing of what is behind them. */
    static ClientTable readClients(DataInput input) throws IOException {
        ChunkReader chunks = new ChunkReader(input, MAGIC, FORMAT);
        ClientTable clients = new ClientTable();
        ClientTable.@Nullable Client last = null;
        for (ValueReader reader = chunks.next(); reader != null; reader = chunks.next()) {
            int start = reader.offset();
            int kind = reader.octet("record");
            if (kind == CLIENT) {
                last = readClient(reader);
                if (!clients.add(last)) {
                    throw reader.damaged("client", start, "is there twice");
                }
            } else if (kind == OUTCOMES && last != null) {
                readOutcomes(reader, clients, last);
            } else {
                throw reader.damaged("record", start, "is of kind " + kind + ", expected a client or its outcomes");
            }
        }
        return clients;
    }

    private static ClientTable.Client readClient(ValueReader reader) {
        long id = reader.fixed("client");
        if (reader.version() == 1) {
            reader.instant("last used");
        }
        return new ClientTable.Client(id, reader.number("floor"));
    }

    private static void readOutcomes(ValueReader reader, ClientTable clients, ClientTable.Client client) {
        int start = reader.offset();
        long sequence = reader.number("sequence");
        if (client.find(sequence) != null) {
            throw reader.damaged("sequence", start, "is " + sequence + ", which is there already or forgotten");
        }
        clients.remember(client, sequence, reader.bytes("outcomes"));
    }
}
