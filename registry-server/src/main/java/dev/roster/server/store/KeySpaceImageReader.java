package dev.roster.server.store;

import java.io.DataInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Builds contents from an image that {@link KeySpaceImage} wrote. */
final class KeySpaceImageReader {
    private final ChunkReader chunks;
    private final HistoryLimits limits;
    private @Nullable Key lastKey;
    private long leases;
    private long keys;

    private KeySpaceImageReader(DataInput input, HistoryLimits limits) throws IOException {
        this.chunks = new ChunkReader(input, KeySpaceImage.MAGIC, KeySpaceImage.FORMAT);
        this.limits = limits;
    }

    /**
     * Reads an image, to its last byte and not beyond.
     *
     * @throws CorruptStateException if it is not whole or not of a known version
     */
    static Contents read(DataInput input, HistoryLimits limits) throws IOException {
        return new KeySpaceImageReader(input, limits).read();
    }

    private Contents read() throws IOException {
        ValueReader reader = next();
        expect(reader, KeySpaceImage.BEGIN, reader.octet("record"));
        long oldest = reader.number("oldest revision");
        long newest = reader.number("revision");
        if (oldest < 0 || newest < oldest) {
            throw reader.damaged("revision", reader.offset(), "is " + newest + ", the oldest " + oldest);
        }
        Contents contents = new Contents(limits, new Revision(oldest));
        reader = next();
        int kind = reader.octet("record");
        if (kind == KeySpaceImage.JUDGING_TERM) {
            contents.judgeIn(readTerm(reader));
            reader = next();
            kind = reader.octet("record");
        }
        while (kind == KeySpaceImage.LEASE) {
            readLease(reader, contents);
            reader = next();
            kind = reader.octet("record");
        }
        while (kind == KeySpaceImage.KEY) {
            readKey(reader, contents);
            reader = next();
            kind = reader.octet("record");
        }
        for (long at = oldest; at < newest; at++) {
            expect(reader, KeySpaceImage.REVISION, kind);
            RevisionWriter writer = new RevisionWriter(contents);
            reader = next();
            kind = reader.octet("record");
            while (kind == KeySpaceImage.PUT || kind == KeySpaceImage.DELETE) {
                readChange(reader, kind, contents, writer);
                reader = next();
                kind = reader.octet("record");
            }
            if (writer.publish().value() != at + 1) {
                throw reader.damaged("revision", reader.offset(), "has no changes");
            }
        }
        expect(reader, KeySpaceImage.END, kind);
        end(reader);
        return contents;
    }

    private static long readTerm(ValueReader reader) {
        int start = reader.offset();
        long term = reader.number("judging term");
        if (term < 1) {
            throw reader.damaged("judging term", start, "is " + term + ", expected 1 or more");
        }
        return term;
    }

    private void readLease(ValueReader reader, Contents contents) {
        int start = reader.offset();
        LeaseId id = new LeaseId(reader.fixed("lease"));
        if (id.isNone() || contents.leases.find(id) != null) {
            throw reader.damaged("lease", start, "is none, or there twice");
        }
        contents.leases.add(new Lease(id, reader.duration("time to live")));
        leases++;
    }

    private void readKey(ValueReader reader, Contents contents) {
        int start = reader.offset();
        Key key = reader.key("key");
        if (lastKey != null && key.compareTo(lastKey) <= 0) {
            throw reader.damaged("key", start, "is not after the one before");
        }
        lastKey = key;
        Value value = reader.value("value");
        Revision created = revision(reader, "created");
        Revision modified = revision(reader, "modified");
        if (created.equals(modified)) {
            modified = created;
        }
        long version = reader.number("version");
        RevisionWriter.load(contents, key, value, created, modified, version, new LeaseId(reader.fixed("lease")));
        keys++;
    }

    private static Revision revision(ValueReader reader, String field) {
        int start = reader.offset();
        long revision = reader.number(field);
        if (revision < 0) {
            throw reader.damaged(field, start, "is " + revision + ", expected 0 or more");
        }
        return new Revision(revision);
    }

    private static void readChange(ValueReader reader, int kind, Contents contents, RevisionWriter writer) {
        int start = reader.offset();
        Key key = reader.key("key");
        if (kind == KeySpaceImage.PUT) {
            Value value = reader.value("value");
            writer.put(key, value, new LeaseId(reader.fixed("lease")));
            return;
        }
        KeyChain chain = contents.keys.find(key);
        if (chain == null || writer.delete(chain) == null) {
            throw reader.damaged("deletion", start, "is of a key that is not there");
        }
    }

    private void end(ValueReader reader) throws IOException {
        int start = reader.offset();
        long expectedLeases = reader.number("leases");
        long expectedKeys = reader.number("keys");
        if (expectedLeases != leases || expectedKeys != keys) {
            throw reader.damaged("end", start, "counts " + expectedLeases + " leases and " + expectedKeys
                    + " keys, read were " + leases + " and " + keys);
        }
        ValueReader more = chunks.next();
        if (more != null) {
            throw more.damaged("end", more.offset(), "is followed by more records");
        }
    }

    private ValueReader next() throws IOException {
        ValueReader reader = chunks.next();
        if (reader == null) {
            throw new CorruptStateException("the image ends before its last record, at offset " + chunks.offset());
        }
        return reader;
    }

    private static void expect(ValueReader reader, int expected, int kind) {
        if (kind != expected) {
            throw reader.damaged("record", reader.offset(), "is of kind " + kind + ", expected " + expected);
        }
    }
}
