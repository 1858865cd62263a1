package dev.roster.server.store;

import java.io.DataInput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of one replica: a pure function of the commands applied to it.
 *
 * <p>{@link #apply} and {@link #restore} are called by one thread at a time, the engine's; everything else by any thread.
 * Equal commands with equal times in equal order give equal snapshots, byte for byte.
 */
public interface StateMachine {

    /** Returns a replica that nothing was applied to yet. */
    static StateMachine empty() {
        return new KeySpace();
    }

    /**
     * Applies a command.
     *
     * @param time the time of the log entry: the clock of whoever led then, which may have jumped either way
     * @return what it brought about
     * @throws StoreException if the command was refused, in the same way on every replica; nothing was changed
     */
    CommandResult apply(Instant time, Command command);

    /** Returns the state as it is now. */
    ReadView view();

    /** Returns the state at an earlier revision, as {@link Store#viewAt} does. */
    ReadView viewAt(Revision revision);

    /**
     * Looks at what was changed, revision by revision, on the caller's thread and without holding up the one that applies.
     *
     * @param after the revision to begin after
     * @param most how many revisions to look at, 1 or more
     * @param ranges which keys matter
     * @param sink told of the wanted changes of each revision that has any
     * @return the last revision looked at; {@code after} itself if there is none later
     * @throws RevisionCompactedException if changes after {@code after} are no longer all kept, or while they are looked at
     *     cease to be; what the sink was told is right all the same
     */
    Revision readChanges(Revision after, int most, RangeSet ranges, ChangeSink sink);

    /** Returns a lease, if it exists. */
    Optional<Lease> findLease(LeaseId id);

    /** Returns the keys that are attached to a lease, in key order: as of about now, not of one revision. */
    List<Key> keysOf(LeaseId id);

    /** Returns all leases, in no order, as a copy. */
    List<Lease> leases();

    /**
     * Returns about how many bytes the present keys, values and leases take in an image, at no cost. History, which
     * is bounded, comes on top.
     */
    long bytes();

    /** Returns the term of the leader that judges leases, or did last, as {@link ExpireLeases} has it; 0 if none ever did. */
    long judgingTerm();

    /** Adds a listener; it is told from the next command on. */
    void addListener(ApplyListener listener);

    /**
     * Returns an image of the whole state, which does not change when further commands are applied. Called by the engine's
     * thread; the image may be written by another, once. What it needs stays in memory until it is written, or garbage.
     */
    StateImage image();

    /**
     * Replaces the state by that of an image, at one moment, and tells the listeners. When it fails, nothing was replaced.
     *
     * @throws CorruptStateException if the bytes are not a whole image of a known version
     */
    void restore(DataInput input) throws IOException;
}
