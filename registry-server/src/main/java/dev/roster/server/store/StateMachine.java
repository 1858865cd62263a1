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

    /**
     * Applies a command.
     *
     * @param time the time of the log entry; it never runs back
     * @return what it brought about
     * @throws StoreException if the command was refused, in the same way on every replica; nothing was changed
     */
    CommandResult apply(Instant time, Command command);

    /** Returns the state as it is now. */
    ReadView view();

    /** Returns the state at an earlier revision, as {@link Store#viewAt} does. */
    ReadView viewAt(Revision revision);

    /** Returns a lease, if it exists. */
    Optional<Lease> findLease(LeaseId id);

    /** Returns all leases, in no order, as a copy. */
    List<Lease> leases();

    /** Adds a listener; it is told from the next command on. */
    void addListener(ApplyListener listener);

    /**
     * Returns an image of the whole state, which does not change when further commands are applied. Called by the engine's
     * thread; the image may be written by another.
     */
    StateImage image();

    /**
     * Replaces the state by that of an image. When it fails the old state is gone and the replica must not be used.
     *
     * @throws CorruptStateException if the bytes are not a whole image of a known version
     */
    void restore(DataInput input) throws IOException;
}
