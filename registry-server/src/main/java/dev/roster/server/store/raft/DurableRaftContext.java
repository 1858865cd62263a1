package dev.roster.server.store.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader;
import io.atomix.utils.concurrent.ThreadContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Raft state that is on disk before anybody is told.
 *
 * <p>Guards these defects of Atomix 3.1.12: {@code withFlushOnCommit} never reaches the journal, so the commit index is
 * raised here only after the log is synced (on a leader this precedes every acknowledgement, because commands are completed
 * by the commit index); followers answer appends before they are synced, for which {@link GuardedProtocol} calls
 * {@link #syncLog}; the vote of a term is forgotten when a leader is found, for which the {@link VoteLedger} remembers; for
 * what it forgets when it cuts the log there is the {@link GuardedLogWriter}, for the end of the log the
 * {@link HighWaterMark}, for snapshots the {@link SyncedSnapshotStore}.
 *
 * <p>Used by the Raft thread only, but for the constructor. Atomix's constructor already asks for log and writer, so that
 * these are made when they are first asked for.
 */
final class DurableRaftContext extends RaftContext {

    private final VoteLedger votes;
    private final Abstention abstention;
    private final HighWaterMark mark;
    private final LogMetrics metrics;
    private final FatalHandler fatal;
    private @Nullable Indexed<RaftLogEntry> lastSynced;
    private long lastSegment;
    private @Nullable MemberLog log;
    private @Nullable GuardedLogWriter writer;
    private @Nullable RaftLogReader reader;
    private @Nullable SyncedSnapshotStore snapshots;

    DurableRaftContext(String name, MemberId member, ClusterMembershipService membership, RaftServerProtocol protocol,
            RaftStorage storage, PrimitiveTypeRegistry types, ThreadContextFactory threads,
            PersistentState state, LogMetrics metrics, FatalHandler fatal) {
        super(name, member, membership, protocol, storage, types, threads, true);
        this.votes = state.votes();
        this.abstention = state.abstention();
        this.mark = state.mark();
        this.metrics = metrics;
        this.fatal = fatal;
        if (votes.term() > getTerm()) {
            setTerm(votes.term());
        }
    }

    @Override
    public RaftLog getLog() {
        return memberLog();
    }

    MemberLog memberLog() {
        if (log == null) {
            log = MemberLog.over(super.getLog());
        }
        return log;
    }

    @Override
    public SnapshotStore getSnapshotStore() {
        return snapshots();
    }

    @Override
    public RaftLogReader getLogReader() {
        if (reader == null) {
            reader = getLog().openReader(1, JournalReader.Mode.ALL);
        }
        return reader;
    }

    SyncedSnapshotStore snapshots() {
        if (snapshots == null) {
            snapshots = new SyncedSnapshotStore(getStorage());
        }
        return snapshots;
    }

    @Override
    public RaftLogWriter getLogWriter() {
        if (writer == null) {
            writer = new GuardedLogWriter(super.getLogWriter(), new Guard());
        }
        return writer;
    }

    /** Tells whether the log has no entry: all of it is in a snapshot, or there was never any. */
    boolean isLogEmpty() {
        return getLogWriter().getLastEntry() == null;
    }

    /** Tells whether this member has ever taken part: it has entries, or a snapshot. */
    boolean hasData() {
        return !isLogEmpty() || snapshots().getCurrentSnapshot() != null;
    }

    Abstention abstention() {
        return abstention;
    }

    /** Gives the vote back to a member that had lost its data, once it has all that counts. */
    void noteAppended(AppendRequest request) {
        if (abstention.isOn()) {
            abstention.note(request);
            if (abstention.mayEnd(getCommitIndex())) {
                if (votes.term() < request.term()) {
                    // Whatever it had voted in this term before, the leader has it now.
                    votes.record(request.term(), request.leader().id());
                }
                abstention.end();
            }
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
                if (memberLog().hasSegmentAfter(lastSegment)) {
                    // The name of a new file is in no file that was synced.
                    MemberDirectory.syncDirectory(getStorage().directory().toPath());
                    lastSegment = last.index();
                }
                mark.raise(last.index(), last.entry().term());
            } catch (RuntimeException | Error e) {
                // After a failed sync the kernel may have dropped the pages: what was written can't be trusted any more.
                fatal.fatal("The log could not be synced to disk. Check the disk, then start again.", e);
                throw e;
            }
            lastSynced = last;
        }
    }

    @Override
    public void close() {
        super.close();
        mark.close();
    }

    /** What cutting the log means for the rest of this member. */
    private final class Guard implements GuardedLogWriter.Log {

        @Override
        public long firstIndex() {
            return memberLog().firstIndex();
        }

        @Override
        public void beforeCut(long index) {
            // A snapshot may stand for committed entries that this log lacks, or has others for: those may go.
            if (index < getCommitIndex() && index < snapshots().boundary().index()) {
                IllegalStateException e = new IllegalStateException(
                        "entries after " + index + " were to be cut off, up to " + getCommitIndex() + " are committed");
                fatal.fatal("A leader asked this member to drop committed entries. Nothing was dropped. "
                        + MemberStartException.TAKE_STATE_ANEW, e);
                throw e;
            }
            mark.lower(index, 0);
        }

        @Override
        public void afterCut(long index) {
            memberLog().cutAfter(index);
            String name = getStorage().prefix();
            SegmentFile.holding(getStorage().directory().toPath(), name, index + 1)
                    .ifPresent(file -> SegmentFile.read(file).eraseAfter(index));
            MemberDirectory.syncDirectory(getStorage().directory().toPath());
            lastSegment = 0;
        }

        @Override
        public void appended(Indexed<RaftLogEntry> entry) {
            memberLog().tail().add(entry);
            if (getRole() == RaftServer.Role.LEADER && !getCluster().getRemoteMemberStates().isEmpty()) {
                // Once it is on its way to the others: they and this member sync it at the same time.
                getThreadContext().execute(DurableRaftContext.this::syncLog);
            }
        }

        @Override
        public void failed(RuntimeException cause) {
            fatal.fatal("The log could not be written. Check the disk, then start again.", cause);
        }
    }

    @Override
    public long setCommitIndex(long commitIndex) {
        if (commitIndex <= getCommitIndex()) {
            return super.setCommitIndex(commitIndex);
        }
        syncLog();
        long previous = super.setCommitIndex(commitIndex);
        CommitAnnouncement.send(this);
        return previous;
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
