package dev.roster.server.store.raft;

import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.session.RaftSession;
import io.atomix.utils.concurrent.ThreadContextFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A session whose number of the last request never goes back.
 *
 * <p>The Raft thread of Atomix 3.1.12 raises it when it takes a command, and the thread that applies raises it when it has the
 * result of one before, both by reading, comparing and writing a plain field. When the two meet, the older number stays:
 * the leader then keeps the next command for the one that it believes to be missing, the client waits for its answer, and
 * nothing moves until the session is given up.
 *
 * <p>Thread-safe in this respect.
 */
final class SequencedSession extends RaftSession {

    private final AtomicLong requestSequence = new AtomicLong();

    /**
     * Makes a session that has not been opened.
     *
     * @param plain one that Atomix has made, with what this one is to have
     */
    @SuppressWarnings("NullAway") // the super class has its serializer from the service
    SequencedSession(RaftSession plain, RaftContext raft, ThreadContextFactory threads) {
        super(plain.sessionId(), plain.memberId(), plain.primitiveName(), plain.primitiveType(),
                plain.readConsistency(), plain.minTimeout(), plain.maxTimeout(), plain.getLastUpdated(),
                plain.getService().serializer(), plain.getService(), raft, threads);
    }

    @Override
    public long getRequestSequence() {
        return requestSequence.get();
    }

    @Override
    public long nextRequestSequence() {
        return requestSequence.get() + 1;
    }

    @Override
    public void setRequestSequence(long sequence) {
        requestSequence.accumulateAndGet(sequence, Math::max);
    }

    @Override
    public void resetRequestSequence(long sequence) {
        setRequestSequence(sequence);
    }
}
