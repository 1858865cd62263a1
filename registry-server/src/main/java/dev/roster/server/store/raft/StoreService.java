package dev.roster.server.store.raft;

import dev.roster.server.store.StateImage;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.codec.CommandCodec;
import io.atomix.primitive.service.BackupInput;
import io.atomix.primitive.service.BackupOutput;
import io.atomix.primitive.service.Commit;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceContext;
import io.atomix.primitive.session.Session;
import io.atomix.primitive.session.SessionId;
import io.atomix.utils.serializer.Namespaces;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Applies committed log entries to the replica. All calls come from the one thread of the service.
 *
 * <p>An instance lives from one snapshot to the next; the {@link BatchMachine} behind it is the member's and stays. What
 * can't be applied or read stops the member: Atomix would log the error and go on.
 */
final class StoreService implements PrimitiveService {

    private static final byte[] DONE = new byte[0];
    private static final Serializer SERIALIZER = Serializer.using(Namespaces.BASIC);

    private final BatchMachine machine;
    private final BatchListener listener;
    private final Consumer<StateImage> images;
    private final FatalHandler fatal;

    StoreService(BatchMachine machine, BatchListener listener, Consumer<StateImage> images,
            FatalHandler fatal) {
        this.machine = machine;
        this.listener = listener;
        this.images = images;
        this.fatal = fatal;
    }

    @Override
    public byte[] apply(Commit<byte[]> commit) {
        try {
            Batch batch = CommandCodec.decodeBatch(commit.value());
            Instant time = Instant.ofEpochMilli(commit.wallClockTime().unixTimestamp());
            byte[] outcomes = machine.apply(time, batch);
            listener.applied(batch, outcomes);
            return DONE;
        } catch (RuntimeException | Error e) {
            fatal.fatal("Log entry " + commit.index()
                    + " can't be applied: this program does not know it, or it is damaged. "
                    + "Start the version that wrote it, or remove this member's data directory and let it take its state "
                    + "anew from the other members.", e);
            throw e;
        }
    }

    /** Notes the state, which {@link SnapshotTaker} writes behind what Atomix has written, on a thread of its own. */
    @Override
    public void backup(BackupOutput output) {
        images.accept(machine.image());
    }

    @Override
    public void restore(BackupInput input) {
        try (InputStream sealed = SnapshotSeal.reader(input)) {
            machine.restore(new DataInputStream(sealed));
            if (sealed.read() >= 0) {
                throw new IOException("bytes are left after the state");
            }
        } catch (IOException | RuntimeException | Error e) {
            fatal.fatal(
                    "The snapshot can't be restored. " + MemberStartException.TAKE_STATE_ANEW,
                    e);
            throw new IllegalStateException("restore failed", e);
        }
    }

    @Override
    public void init(ServiceContext context) {}

    @Override
    public void tick(WallClockTimestamp timestamp) {}

    @Override
    public Serializer serializer() {
        return SERIALIZER;
    }

    @Override
    @SuppressWarnings("rawtypes") // Atomix declares it so
    public void register(Session session) {}

    @Override
    public void expire(SessionId sessionId) {}

    @Override
    public void close(SessionId sessionId) {}

    /** Told of every batch that was applied here, whoever proposed it. */
    @FunctionalInterface
    interface BatchListener {

        /**
         * Called by the thread that applies; must return at once.
         *
         * @param outcomes for {@link CommandCodec#decodeOutcomes}; none when they are forgotten
         */
        void applied(Batch batch, byte[] outcomes);
    }
}
