package dev.roster.server.store.raft;

import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member that has lost its data from voting until it has again what it may have acknowledged before.
 *
 * <p>Such a member counts as one of a majority for entries that it no longer has. If it voted, a candidate could win that
 * lacks them too, and they would be lost. Once an entry of a leader's own term is committed here, everything committed in
 * earlier terms is before it in this log (Raft §5.4), and the vote is safe again. The mark is a file, so that it outlives
 * restarts.
 *
 * <p>Used by the Raft thread, but for {@link #begin}, which comes before.
 */
final class Abstention {

    private static final Logger LOG = LoggerFactory.getLogger(Abstention.class);

    private final Path file;
    private boolean abstains;
    private long term;
    private long firstOfTerm;

    Abstention(Path file) {
        this.file = file;
        this.abstains = Files.exists(file);
    }

    /** Takes the vote away. Durable when it returns. */
    void begin() {
        MemberDirectory.writeSynced(file, new byte[0]);
        abstains = true;
        LOG.warn("This member has no data, and others have: it takes their state, and votes when it has all of it");
    }

    /** Tells whether this member must not vote. */
    boolean isOn() {
        return abstains;
    }

    /** Notes entries that a leader has sent and that are on disk here. */
    void note(AppendRequest request) {
        if (request.term() != term) {
            term = request.term();
            firstOfTerm = 0;
        }
        long index = request.prevLogIndex();
        for (RaftLogEntry entry : request.entries()) {
            index++;
            if (firstOfTerm == 0 && entry.term() == term) {
                firstOfTerm = index;
            }
        }
    }

    /** Tells whether everything that was committed before the present leader led is here. */
    boolean mayEnd(long commitIndex) {
        return firstOfTerm > 0 && commitIndex >= firstOfTerm;
    }

    /** Gives the vote back. */
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
        MemberDirectory.syncDirectory(file.toAbsolutePath().getParent());
        abstains = false;
        LOG.info("This member has the state of the others and votes");
    }
}
