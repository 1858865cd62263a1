package dev.roster.server.store.raft;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.raft.SnapshotSeal.SealedInput;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the current snapshot from end to end before the member takes part, and sees that log and snapshot join.
 *
 * <p>Atomix 3.1.12 logs errors of a restore and goes on: with a damaged snapshot it serves old state, with a truncated or
 * missing one it serves none at all. The layout of the frame around our bytes is that of its {@code RaftServiceManager} and
 * {@code RaftServiceContext}.
 */
final class SnapshotInspection {

    private SnapshotInspection() {}

    /**
     * Checks what is on disk.
     *
     * @throws MemberStartException if the state can't be rebuilt from it
     */
    static void check(DurableRaftContext raft) {
        Snapshot snapshot = raft.snapshots().getCurrentSnapshot();
        if (snapshot != null) {
            long missing = raft.snapshots().missingBytes();
            if (missing > 0) {
                throw damaged(snapshot, new CorruptStateException("its file is " + missing + " bytes too short"));
            }
            readWhole(snapshot);
        }
        long first = raft.getLogReader().getFirstIndex();
        long covered = snapshot == null ? 0 : snapshot.index();
        if (first > covered + 1) {
            throw new MemberStartException("The log begins at entry " + first + ", but the snapshot ends at " + covered
                    + ": a snapshot is missing.", MemberStartException.TAKE_STATE_ANEW);
        }
    }

    /** Returns the last entry that a snapshot in a directory stands for by its name, 0 if there is none. */
    static long lastCovered(Path directory, String log) {
        Pattern name = Pattern.compile(Pattern.quote(log) + "-(\\d+)\\.snapshot");
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> name.matcher(file.getFileName().toString())).filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1))).max().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + directory, e);
        }
    }

    /** Returns the term of the last entry that a snapshot stands for, as its seal says; the seal itself is not checked. */
    static long termOf(Snapshot snapshot) {
        try (SnapshotReader reader = snapshot.openReader()) {
            reader.readInt();
            return openService(reader).last().term();
        } catch (RuntimeException e) {
            throw damaged(snapshot, e);
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
        try (InputStream sealed = openService(reader)) {
            sealed.skip(Long.MAX_VALUE);
        }
    }

    /** Reads what Atomix writes in front of our bytes. */
    private static SealedInput openService(SnapshotReader reader) {
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
        return SnapshotSeal.reader(reader);
    }

    private static MemberStartException damaged(Snapshot snapshot, Throwable cause) {
        return new MemberStartException(
                "The snapshot of entry " + snapshot.index() + " is damaged: "
                        + cause.getMessage() + ".",
                MemberStartException.TAKE_STATE_ANEW, cause);
    }
}
