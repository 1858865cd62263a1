package dev.roster.server.store.raft;

import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.session.RaftSession;
import io.atomix.protocols.raft.session.RaftSessionRegistry;
import io.atomix.utils.concurrent.ThreadContextFactory;

/** The sessions of a member, each of them a {@link SequencedSession}. Thread-safe. */
final class SequencedSessions extends RaftSessionRegistry {

    private final RaftContext raft;
    private final ThreadContextFactory threads;

    SequencedSessions(RaftContext raft, ThreadContextFactory threads) {
        this.raft = raft;
        this.threads = threads;
    }

    /** Adds a session in place of one that Atomix has just made and not opened. */
    @Override
    public RaftSession addSession(RaftSession made) {
        return super.addSession(new SequencedSession(made, raft, threads));
    }
}
