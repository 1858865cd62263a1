package dev.roster.server.store.raft;

import dev.roster.server.store.CorruptStateException;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current snapshot from end to end before the member takes part, and sees that log and snapshot join.
 *
 * <p>Atomix 3.1.12 logs errors of a restore and goes on: with a damaged snapshot it serves old state, with a truncated or
 * missing one it serves none at all. The layout of the frame around our bytes is that of its {@code RaftServiceManager} and
 * {@code RaftServiceContext}.
 */
final class SnapshotInspection {

    private static final String ACTION = "Remove this member's data directory and let it take its state anew from the other "
            + "members; standalone, restore a backup.";

    private SnapshotInspection() {}

    /**
     * Checks what is on disk.
     *
     * @throws MemberStartException if the state can't be rebuilt from it
     */
    static void check(RaftContext raft) {
        Snapshot snapshot = raft.getSnapshotStore().getCurrentSnapshot();
        if (snapshot != null) {
            readWhole(snapshot);
        }
        long first = raft.getLogReader().getFirstIndex();
        long covered = snapshot == null ? 0 : snapshot.index();
        if (first > covered + 1) {
            throw new MemberStartException("The log begins at entry " + first + ", but the snapshot ends at " + covered
                    + ": a snapshot is missing.", ACTION);
        }
    }

    private static void readWhole(Snapshot snapshot) {
        try (SnapshotReader reader = snapshot.openReader()) {
            while (reader.hasRemaining()) {
                int length = reader.readInt();
                if (length <= 0 || length > reader.remaining()) {
                    throw new CorruptStateException(
                            "a part of " + length + " bytes, " + reader.remaining() + " are left");
                }
                readService(new SnapshotReader(reader.buffer().slice(length), snapshot));
                reader.skip(length);
            }
        } catch (RuntimeException | IOException e) {
            // Whatever the bytes led to, an index out of bounds or a wrong name: the file is not what was written.
            throw damaged(snapshot, e);
        }
    }

    private static void readService(SnapshotReader reader) throws IOException {
        reader.readLong();
        reader.readString();
        reader.readString();
        reader.readBytes(reader.readInt());

        reader.readLong();
        reader.readString();
        reader.readString();
        reader.readLong();
        reader.readLong();
        int sessions = reader.readInt();
        for (int i = 0; i < sessions; i++) {
            reader.readLong();
            reader.readString();
            reader.readString();
            reader.skip(7 * Long.BYTES);
        }
        try (InputStream sealed = SnapshotSeal.reader(reader)) {
            sealed.skip(Long.MAX_VALUE);
        }
    }

    private static MemberStartException damaged(Snapshot snapshot, @Nullable Throwable cause) {
        return new MemberStartException(
                "The snapshot of entry " + snapshot.index() + " is damaged: "
                        + (cause == null ? "" : cause.getMessage()),
                ACTION, cause);
    }
}
