package dev.roster.server.store.raft;

import io.atomix.primitive.PrimitiveBuilder;
import io.atomix.primitive.PrimitiveManagementService;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.primitive.SyncPrimitive;
import io.atomix.primitive.config.PrimitiveConfig;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.primitive.service.BackupInput;
import io.atomix.primitive.service.BackupOutput;
import io.atomix.primitive.service.Commit;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.primitive.service.ServiceContext;
import io.atomix.primitive.session.Session;
import io.atomix.primitive.session.SessionId;
import io.atomix.utils.serializer.Namespaces;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The simplest state machine for Atomix: it counts commands, and says how many it has counted. */
@SuppressWarnings("rawtypes") // Atomix declares the bounds and the registry raw
final class CounterType
        implements
            PrimitiveType<PrimitiveBuilder, PrimitiveConfig, SyncPrimitive>,
            PrimitiveTypeRegistry {

    /** Adds one and answers the count, eight bytes. */
    static final PrimitiveOperation ADD = new PrimitiveOperation(OperationId.command("add"), new byte[0]);

    /** Answers the count. */
    static final PrimitiveOperation GET = new PrimitiveOperation(OperationId.query("get"), new byte[0]);

    /** What a backup begins with; the count and its complement follow. */
    static final long MAGIC = 0x436f756e74657221L;

    private final List<Thread> appliers = new CopyOnWriteArrayList<>();
    private final List<Thread> writers = new CopyOnWriteArrayList<>();
    private final List<Counter> counters = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeBackup = () -> {};

    static long decode(byte[] answer) {
        return ByteBuffer.wrap(answer).getLong();
    }

    /** Has something happen before each backup. */
    void beforeBackup(Runnable action) {
        beforeBackup = action;
    }

    /** Returns how many services were made. */
    int services() {
        return counters.size();
    }

    /** Returns the threads that applied commands, one for each. */
    List<Thread> appliers() {
        return appliers;
    }

    /** Returns the threads that wrote backups, one for each. */
    List<Thread> writers() {
        return writers;
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public PrimitiveService newService(ServiceConfig config) {
        Counter counter = new Counter();
        counters.add(counter);
        return counter;
    }

    @Override
    public PrimitiveConfig newConfig() {
        throw new UnsupportedOperationException("counters are used through sessions");
    }

    @Override
    public PrimitiveBuilder newBuilder(String name, PrimitiveConfig config, PrimitiveManagementService management) {
        throw new UnsupportedOperationException("counters are used through sessions");
    }

    @Override
    public Collection<PrimitiveType> getPrimitiveTypes() {
        return List.of(this);
    }

    @Override
    public @Nullable PrimitiveType getPrimitiveType(String typeName) {
        return typeName.equals(name()) ? this : null;
    }

    private final class Counter implements PrimitiveService {

        private long count;

        @Override
        public byte[] apply(Commit<byte[]> commit) {
            if (commit.operation().id().equals(ADD.id().id())) {
                count++;
                appliers.add(Thread.currentThread());
            }
            return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
        }

        @Override
        public void backup(BackupOutput output) {
            writers.add(Thread.currentThread());
            beforeBackup.run();
            output.writeLong(MAGIC).writeLong(count).writeLong(~count);
        }

        /** Does what a careful service would: it refuses what it has not written. */
        @Override
        public void restore(BackupInput input) {
            long magic = input.readLong();
            long restored = input.readLong();
            if (magic != MAGIC || input.readLong() != ~restored) {
                throw new IllegalStateException("this is no backup of a counter");
            }
            count = restored;
        }

        @Override
        public void init(ServiceContext context) {}

        @Override
        public void tick(WallClockTimestamp timestamp) {}

        @Override
        public Serializer serializer() {
            return Serializer.using(Namespaces.BASIC);
        }

        @Override
        public void register(Session session) {}

        @Override
        public void expire(SessionId sessionId) {}

        @Override
        public void close(SessionId sessionId) {}
    }
}
