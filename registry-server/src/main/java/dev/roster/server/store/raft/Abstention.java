package dev.roster.server.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member that has lost its data from voting until it has again what it may have acknowledged before.
 *
 * <p>Such a member counts as one of a majority for entries that it no longer has, and may have voted in terms that it no longer
 * knows. If it voted, a candidate could win that lacks those entries, and they would be lost. If what it has counted, a leader
 * that has been replaced by its vote and does not know could go on committing with its help. So it neither votes nor counts: it
 * takes entries, and says of itself that it has none.
 *
 * <p>It may do both again when an entry is committed that was made after it began to abstain: those who have that entry are a
 * majority without it. Each vote and entry for which it counted before needed one of them, too, who now knows of it or
 * refuses it; so the leader has all that was committed, and no other can be elected by the vote that was forgotten (Raft §5.4).
 * That an entry was committed does not tell when it was made, nor does its term. So this member proposes one itself, and
 * waits until it is applied here.
 *
 * <p>The mark is a file, so that it outlives restarts. Used by the Raft thread, but for {@link #begin}, which comes before, and
 * {@link #isOn} and {@link #shownOwnEntry}.
 */
final class Abstention {

    private static final Logger LOG = LoggerFactory.getLogger(Abstention.class);

    private final Path file;
    private volatile boolean abstains;
    private volatile boolean hasOwnEntry;

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

    /** Tells whether this member must not vote, and what it has does not count. */
    boolean isOn() {
        return abstains;
    }

    /** Notes that an entry is applied here that this member has proposed since it began to abstain, or was started since. */
    void shownOwnEntry() {
        hasOwnEntry = true;
    }

    /** Tells whether what this member has lost can do no harm any more. */
    boolean mayEnd() {
        return hasOwnEntry;
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
