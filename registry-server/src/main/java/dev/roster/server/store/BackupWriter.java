package dev.roster.server.store;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the state at one revision: a header, the leases by id, the keys in their order, their numbers, and a seal, the
 * CRC-32C of all that. In chunks, so that no more than one is held in memory.
 */
public final class BackupWriter {

    /** "RSTK": Roster state, backup. */
    static final int MAGIC = 0x5253544B;

    /** Version of the records. */
    static final int FORMAT = 1;

    static final int BEGIN = 1;
    static final int LEASE = 2;
    static final int KEY = 3;
    static final int END = 4;

    /** Keys that are read together: few enough to be nothing, many enough that the search for the first does not matter. */
    private static final int READ_TOGETHER = 1000;

    private BackupWriter() {}

    /**
     * Writes a backup.
     *
     * @param header says the revision of the view
     * @param leases as they were when the view was made or later: keys of others had ended by then, and are left out
     * @param except begins the keys that are left out
     * @return how many keys were written
     * @throws RevisionCompactedException if it took so long that the revision is no longer kept; it is then worthless
     */
    public static long write(DataOutput output, BackupHeader header, ReadView view, Collection<Lease> leases,
            Key except) throws IOException {
        ChunkWriter chunks = new ChunkWriter(output, MAGIC, FORMAT);
        chunks.record(out -> out.octet(BEGIN).text(header.origin()).number(header.revision().value())
                .instant(header.time()));
        List<Lease> ordered = leases.stream().sorted(Comparator.comparingLong(lease -> lease.id().value())).toList();
        Set<LeaseId> known = new HashSet<>();
        known.add(LeaseId.NONE);
        for (Lease lease : ordered) {
            known.add(lease.id());
            chunks.record(out -> out.octet(LEASE).fixed(lease.id().value()).duration(lease.ttl()));
        }
        long keys = 0;
        KeyRange rest = KeyRange.ALL;
        boolean more = true;
        while (more) {
            KeysRead read = view.read(rest, READ_TOGETHER);
            for (KeyValue key : read.keys()) {
                if (known.contains(key.lease()) && !key.key().startsWith(except)) {
                    writeKey(chunks, key);
                    keys++;
                }
            }
            more = read.more();
            rest = more ? KeyRange.ALL.after(read.keys().getLast().key()) : rest;
        }
        long written = keys;
        chunks.record(out -> out.octet(END).number(ordered.size()).number(written));
        chunks.end();
        output.writeInt(chunks.checksum());
        return keys;
    }

    private static void writeKey(ChunkWriter chunks, KeyValue key) throws IOException {
        chunks.record(out -> out.octet(KEY).key(key.key()).value(key.value()).number(key.created().value())
                .number(key.modified().value()).number(key.version()).fixed(key.lease().value()));
    }
}
