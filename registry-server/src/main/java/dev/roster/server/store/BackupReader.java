package dev.roster.server.store;

import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BackupWriter} wrote, and refuses what is not whole. */
public final class BackupReader {

    /** So many bytes of a file say what it is: magic, version of the frame, length and checksum of a chunk, its version. */
    public static final int IDENTITY_BYTES = 3 * Integer.BYTES + 2;

    /** What a file is by its first bytes. */
    public enum Identity {

        /** A backup that this program may be able to read. */
        BACKUP,

        /** A backup of a newer version. */
        NEWER_BACKUP,

        /** Something else. */
        FOREIGN
    }

    private final ChunkReader chunks;
    private final ChunkReader.Source source;
    private final Sink sink;
    private final Set<LeaseId> leases = new HashSet<>();
    private @Nullable Key lastKey;
    private long keys;
    private long newest;

    /** Told what is read, in its order. What it was told is worth nothing before the whole was read. */
    interface Sink {

        /** Called with each lease. */
        void lease(LeaseId id, Duration ttl);

        /** Called with each key; its lease, if any, is one of those that were told. */
        void key(KeyValue key);

        /** Forgets all that it is told. */
        Sink NONE = new Sink() {
            @Override
            public void lease(LeaseId id, Duration ttl) {}

            @Override
            public void key(KeyValue key) {}
        };
    }

    /**
     * What a backup holds.
     *
     * @param header what it says of itself
     * @param keys how many keys it has
     * @param leases how many leases it has
     * @param seal its seal, which together with the revision tells it from others
     */
    public record Contents(BackupHeader header, long keys, long leases, int seal) {}

    private BackupReader(ChunkReader.Source source, Sink sink) throws IOException {
        this.source = source;
        this.chunks = new ChunkReader(source, BackupWriter.MAGIC, BackupWriter.FORMAT);
        this.sink = sink;
    }

    /**
     * Reads a backup to its end, and not beyond, for nothing but to see whether it is whole.
     *
     * @throws CorruptStateException if it is damaged, cut short, of a newer version or no backup
     */
    public static Contents check(DataInput input) throws IOException {
        return read(input::readFully, Sink.NONE);
    }

    /**
     * Reads a backup to its end, and not beyond.
     *
     * @param keys told every key with its value, in the order of keys; what it was told is worth nothing if this throws
     * @throws CorruptStateException if it is damaged, cut short, of a newer version or no backup
     */
    public static Contents read(DataInput input, Consumer<KeyValue> keys) throws IOException {
        return read(input::readFully, new Sink() {
            @Override
            public void lease(LeaseId id, Duration ttl) {}

            @Override
            public void key(KeyValue key) {
                keys.accept(key);
            }
        });
    }

    static Contents read(ChunkReader.Source source, Sink sink) throws IOException {
        return new BackupReader(source, sink).read();
    }

    /**
     * Tells what a file is.
     *
     * @param first its first {@value #IDENTITY_BYTES} bytes, fewer if it is shorter
     */
    public static Identity identify(byte[] first) {
        int magic = BackupWriter.MAGIC;
        for (int i = 0; i < Integer.BYTES; i++) {
            if (i >= first.length || first[i] != (byte) (magic >>> (Integer.SIZE - Byte.SIZE * (i + 1)))) {
                return Identity.FOREIGN;
            }
        }
        boolean newer = (first.length > Integer.BYTES && first[Integer.BYTES] > ChunkWriter.FRAME)
                || (first.length == IDENTITY_BYTES && first[IDENTITY_BYTES - 1] > BackupWriter.FORMAT);
        return newer ? Identity.NEWER_BACKUP : Identity.BACKUP;
    }

    private Contents read() throws IOException {
        ValueReader reader = next();
        int kind = reader.octet("record");
        if (kind != BackupWriter.BEGIN) {
            throw reader.damaged("record", reader.offset() - 1, "is of kind " + kind + ", expected the beginning");
        }
        BackupHeader header = new BackupHeader(reader.text("origin"), revision(reader, "revision"),
                reader.instant("time"));
        newest = header.revision().value();
        for (kind = 0; kind != BackupWriter.END;) {
            reader = next();
            int start = reader.offset();
            kind = reader.octet("record");
            switch (kind) {
                case BackupWriter.LEASE -> readLease(reader, start);
                case BackupWriter.KEY -> readKey(reader, start);
                case BackupWriter.END -> readEnd(reader, start);
                default -> throw reader.damaged("record", start, "is of kind " + kind + ", expected 2 to 4");
            }
        }
        ValueReader more = chunks.next();
        if (more != null) {
            throw more.damaged("end", more.offset(), "is followed by more records");
        }
        byte[] seal = new byte[Integer.BYTES];
        try {
            source.readFully(seal, 0, seal.length);
        } catch (java.io.EOFException e) {
            throw new CorruptStateException("the seal is cut short, at offset " + chunks.offset());
        }
        int sealed = (seal[0] & 0xFF) << 24 | (seal[1] & 0xFF) << 16 | (seal[2] & 0xFF) << 8 | (seal[3] & 0xFF);
        if (sealed != chunks.checksum()) {
            throw new CorruptStateException("the seal does not match what was read, at offset " + chunks.offset());
        }
        return new Contents(header, keys, leases.size(), sealed);
    }

    private void readLease(ValueReader reader, int start) {
        LeaseId id = new LeaseId(reader.fixed("lease"));
        if (id.isNone() || !leases.add(id)) {
            throw reader.damaged("lease", start, "is none, or there twice");
        }
        sink.lease(id, reader.duration("time to live"));
    }

    private void readKey(ValueReader reader, int start) {
        Key key = reader.key("key");
        if (lastKey != null && key.compareTo(lastKey) <= 0) {
            throw reader.damaged("key", start, "is not after the one before");
        }
        lastKey = key;
        Value value = reader.value("value");
        Revision created = revision(reader, "created");
        Revision modified = revision(reader, "modified");
        if (created.isAfter(modified) || modified.value() > newest) {
            throw reader.damaged("modified", start, "is " + modified.value() + ", expected " + created.value() + " to "
                    + newest);
        }
        long version = reader.number("version");
        LeaseId lease = new LeaseId(reader.fixed("lease"));
        if (!lease.isNone() && !leases.contains(lease)) {
            throw reader.damaged("lease", start, "is none of the backup's");
        }
        sink.key(new KeyValue(key, value, created, modified, version, lease));
        keys++;
    }

    private void readEnd(ValueReader reader, int start) {
        long expectedLeases = reader.number("leases");
        long expectedKeys = reader.number("keys");
        if (expectedLeases != leases.size() || expectedKeys != keys) {
            throw reader.damaged("end", start, "counts " + expectedLeases + " leases and " + expectedKeys
                    + " keys, read were " + leases.size() + " and " + keys);
        }
    }

    private ValueReader next() throws IOException {
        ValueReader reader = chunks.next();
        if (reader == null) {
            throw new CorruptStateException("the backup ends before its last record, at offset " + chunks.offset());
        }
        return reader;
    }

    private static Revision revision(ValueReader reader, String field) {
        int start = reader.offset();
        long revision = reader.number(field);
        if (revision < 0) {
            throw reader.damaged(field, start, "is " + revision + ", expected 0 or more");
        }
        return new Revision(revision);
    }
}
