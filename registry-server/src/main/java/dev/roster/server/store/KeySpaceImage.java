package dev.roster.server.store;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents at one moment. It is written as the state at the oldest revision that was kept then, followed by the changes
 * since, so that each kept value is written once and the order of changes within a revision is not lost.
 *
 * <p>Making one is cheap: nothing is copied but the list of leases. Later commands do not disturb it, for they only add
 * versions, which it passes over, and {@link Contents#prune} leaves alone what it needs until it is written.
 */
final class KeySpaceImage implements StateImage {

    /** "RSTI": Roster state image. */
    static final int MAGIC = 0x52535449;

    /** Newest version of the records. An image is of the oldest that can say it. */
    static final int FORMAT = 2;

    static final int BEGIN = 1;
    static final int LEASE = 2;
    static final int KEY = 3;
    static final int REVISION = 4;
    static final int PUT = 5;
    static final int DELETE = 6;
    static final int END = 7;

    /** Of version 2. */
    static final int JUDGING_TERM = 8;

    /** Most that a key takes beside itself and its value: lengths, revisions, version, lease. */
    private static final int KEY_BYTES = 48;

    private static final int LEASE_BYTES = 24;

    private final Contents contents;
    private final Revision revision;
    private final Revision oldest;
    private final List<Lease> leases;
    private final long judgingTerm;
    private volatile boolean written;

    KeySpaceImage(Contents contents) {
        this.contents = contents;
        this.revision = contents.revision();
        this.oldest = contents.oldest();
        this.leases = contents.leases.all();
        this.judgingTerm = contents.judgingTerm();
    }

    /** Returns about how many bytes a key takes. */
    static long bytesOf(@Nullable KeyValue key) {
        return key == null ? 0 : KEY_BYTES + key.key().size() + key.value().size();
    }

    /** Returns about how many bytes leases take. */
    static long bytesOf(int leases) {
        return (long) leases * LEASE_BYTES;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    Revision oldest() {
        return oldest;
    }

    /** Tells whether it needs nothing any more. */
    boolean written() {
        return written;
    }

    @Override
    public void writeTo(DataOutput output) throws IOException {
        if (written) {
            throw new IllegalStateException("an image is written once");
        }
        try {
            ChunkWriter chunks = new ChunkWriter(output, MAGIC, judgingTerm == 0 ? 1 : FORMAT);
            chunks.record(out -> out.octet(BEGIN).number(oldest.value()).number(revision.value()));
            if (judgingTerm > 0) {
                chunks.record(out -> out.octet(JUDGING_TERM).number(judgingTerm));
            }
            writeLeases(chunks);
            long keys = writeKeys(chunks);
            writeChanges(chunks);
            chunks.record(out -> out.octet(END).number(leases.size()).number(keys));
            chunks.end();
        } finally {
            written = true;
        }
    }

    private void writeLeases(ChunkWriter chunks) throws IOException {
        leases.sort(Comparator.comparingLong(lease -> lease.id().value()));
        for (Lease lease : leases) {
            chunks.record(out -> out.octet(LEASE).fixed(lease.id().value()).duration(lease.ttl()));
        }
    }

    private long writeKeys(ChunkWriter chunks) throws IOException {
        long keys = 0;
        for (KeyChain chain : contents.keys.all()) {
            @Nullable
            KeyValue key = chain.at(oldest.value());
            if (key != null) {
                keys++;
                chunks.record(out -> {
                    out.octet(KEY).key(key.key()).value(key.value()).number(key.created().value());
                    out.number(key.modified().value()).number(key.version()).fixed(key.lease().value());
                });
            }
        }
        return keys;
    }

    private void writeChanges(ChunkWriter chunks) throws IOException {
        for (long at = oldest.value() + 1; at <= revision.value(); at++) {
            chunks.record(out -> out.octet(REVISION));
            for (Version change = contents.history.first(at); change != null; change = change.next) {
                writeChange(chunks, change.key, change.current);
            }
        }
    }

    private static void writeChange(ChunkWriter chunks, Key key, @Nullable KeyValue current) throws IOException {
        if (current == null) {
            chunks.record(out -> out.octet(DELETE).key(key));
        } else {
            chunks.record(out -> out.octet(PUT).key(key).value(current.value()).fixed(current.lease().value()));
        }
    }
}
