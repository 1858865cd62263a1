package dev.roster.server.store.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import io.atomix.utils.concurrent.ThreadContextFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Raft state that is on disk before anybody is told.
 *
 * <p>Guards four defects of Atomix 3.1.12: {@code withFlushOnCommit} never reaches the journal, so the commit index is
 * raised here only after the log is synced (on a leader this precedes every acknowledgement, because commands are completed
 * by the commit index); followers answer appends before they are synced, for which {@link SyncingProtocol} calls
 * {@link #syncLog}; the vote of a term is forgotten when a leader is found, for which the {@link VoteLedger} remembers; and readers keep entries
 * that were cut off, for which there is the {@link TruncationGuard}.
 *
 * <p>Used by the Raft thread only, but for the constructor.
 */
final class DurableRaftContext extends RaftContext {

    private final VoteLedger votes;
    private final LogMetrics metrics;
    private final FatalHandler fatal;
    private @Nullable Indexed<RaftLogEntry> lastSynced;
    private @Nullable TruncationGuard writer;

    DurableRaftContext(String name, MemberId member, ClusterMembershipService membership, RaftServerProtocol protocol,
            RaftStorage storage, PrimitiveTypeRegistry types, ThreadContextFactory threads, VoteLedger votes,
            LogMetrics metrics, FatalHandler fatal) {
        super(name, member, membership, protocol, storage, types, threads, true);
        this.votes = votes;
        this.metrics = metrics;
        this.fatal = fatal;
        if (votes.term() > getTerm()) {
            setTerm(votes.term());
        }
    }

    @Override
    public RaftLogWriter getLogWriter() {
        if (writer == null) {
            writer = new TruncationGuard(super.getLogWriter(), this::forgetReadAhead);
        }
        return writer;
    }

    /** Has the readers of this member's log stand where they stood, with nothing read ahead. */
    private void forgetReadAhead() {
        for (RaftLogReader reader : List.of(getLogReader(), AppliedLogReader.of(getServiceManager()))) {
            reader.reset(reader.getNextIndex());
        }
    }

    /**
     * Syncs the log unless nothing was appended since the last time. Every append, also one after a truncation, makes a new
     * last entry object, so that its identity tells.
     */
    void syncLog() {
        Indexed<RaftLogEntry> last = getLogWriter().getLastEntry();
        if (last != null && last != lastSynced) {
            try {
                metrics.recordSync(getLogWriter()::flush);
            } catch (RuntimeException | Error e) {
                // After a failed sync the kernel may have dropped the pages: what was written can't be trusted any more.
                fatal.fatal("The log could not be synced to disk. Check the disk, then start again.", e);
                throw e;
            }
            lastSynced = last;
        }
    }

    @Override
    public long setCommitIndex(long commitIndex) {
        if (commitIndex > getCommitIndex()) {
            syncLog();
        }
        return super.setCommitIndex(commitIndex);
    }

    @Override
    public void setLastVotedFor(MemberId candidate) {
        votes.record(getTerm(), candidate.id());
        super.setLastVotedFor(candidate);
    }

    @Override
    public @Nullable MemberId getLastVotedFor() {
        String candidate = votes.voteIn(getTerm());
        return candidate == null ? null : MemberId.from(candidate);
    }
}
