package dev.roster.server.store.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.impl.RaftClusterContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.session.RaftSessionRegistry;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.protocols.raft.storage.system.Configuration;
import io.atomix.protocols.raft.storage.system.MetaStore;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader;
import io.atomix.utils.concurrent.ThreadContextFactory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Raft state that is on disk before anybody is told.
 *
 * <p>Guards these defects of Atomix 3.1.12: {@code withFlushOnCommit} never reaches the journal, so the commit index is
 * raised here only after the log is synced (on a leader this precedes every acknowledgement, because commands are completed
 * by the commit index); followers answer appends before they are synced, for which {@link GuardedProtocol} calls
 * {@link #syncLog}; the vote of a term is forgotten when a leader is found, for which the {@link VoteLedger} remembers; for
 * what it forgets when it cuts the log there is the {@link GuardedLogWriter}, for the end of the log the
 * {@link HighWaterMark}, for snapshots the {@link SyncedSnapshotStore}, for the order of commands {@link SequencedSessions}.
 *
 * <p>Used by the Raft thread only, but for the constructor. Atomix's constructor already asks for log and writer, so that
 * these are made when they are first asked for.
 */
final class DurableRaftContext extends RaftContext {

    private static final Field CONFIGURATION = configurationField();

    private final VoteLedger votes;
    private final Abstention abstention;
    private final HighWaterMark mark;
    private final ConfigurationLedger configurations;
    private final LogMetrics metrics;
    private final FatalHandler fatal;
    private final SequencedSessions sequencedSessions;
    private final Set<MemberId> abstaining = ConcurrentHashMap.newKeySet();
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
        this.configurations = state.configurations();
        this.metrics = metrics;
        this.fatal = fatal;
        this.sequencedSessions = new SequencedSessions(this, threads);
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

    /** Not asked for by Atomix's constructor. */
    @Override
    public RaftSessionRegistry getSessions() {
        return sequencedSessions;
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

    /** Tells whether this member has applied what was committed when it started, and its state has what counts as applied. */
    boolean hasCaughtUp() {
        return getState() == State.READY && !snapshots().isToBeInstalled(getLastApplied());
    }

    /** Tells whether this member remembers a vote: then it has lost nothing, though it may have no entry yet. */
    boolean hasVoted() {
        return votes.term() > 0;
    }

    /**
     * Begins the log anew behind the snapshot if it ends before: all of it is in the snapshot, and what came next would be taken
     * for that, too. To be called before this member takes part.
     */
    void beginLogBehindSnapshot() {
        long covered = snapshots().boundary().index();
        if (memberLog().lastIndex() < covered) {
            getLogWriter().reset(covered + 1);
        }
    }

    Abstention abstention() {
        return abstention;
    }

    /** Gives the vote back to a member that had lost its data, once that is safe. To be called when a leader's word is taken. */
    void regainVote(AppendRequest request) {
        if (abstention.isOn() && abstention.mayEnd()) {
            remember(() -> {
                if (votes.term() < request.term()) {
                    // Whatever it had voted in this term before, the leader has it now.
                    votes.record(request.term(), request.leader().id());
                }
                abstention.end();
            });
        }
    }

    /** Notes whether another member says that it has what it was sent, or abstains. */
    void noteCounts(MemberId member, boolean counts) {
        if (counts) {
            abstaining.remove(member);
        } else {
            abstaining.add(member);
        }
    }

    /** Tells whether what another member has counts, as far as this one, which leads, has heard. */
    boolean counts(MemberId member) {
        return !abstaining.contains(member);
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

    /** Returns the index of the list of members that this member goes by, 0 unless it knows that it is committed. */
    long committedListIndex() {
        Configuration list = getCluster().getConfiguration();
        return list == null || list.index() > getCommitIndex() ? 0 : list.index();
    }

    /** Ceases to lead, or to stand for election, if another member has a later term. On the Raft thread. */
    void giveWay(long term) {
        if (term > getTerm() && (getRole() == RaftServer.Role.LEADER || getRole() == RaftServer.Role.CANDIDATE)) {
            setTerm(term);
            transition(RaftServer.Role.FOLLOWER);
        }
    }

    /** Notes a list of members that a leader has told. Durable when it returns. */
    void recordMembers(ConfigureRequest request) {
        // A leader's list is the last one in its log: what an earlier leader told of later entries is not there.
        long unbacked = Math.max(request.index(), getLogWriter().getLastIndex()) + 1;
        remember(() -> {
            boolean takenBack = configurations.outdatedFrom(unbacked, request.term());
            record(new Configuration(request.index(), request.term(), request.timestamp(), request.members()));
            if (takenBack) {
                goBackToTheMembersBefore();
            }
        });
    }

    private void record(Configuration list) {
        Configuration present = getCluster().getConfiguration();
        if (present != null && present.index() < list.index()) {
            configurations.beginWith(present);
        }
        configurations.record(list.index(), list.term(), list.time(), list.members());
    }

    /** Atomix takes newer lists only. */
    private void goBackToTheMembersBefore() {
        Configuration before = configurations.latest().orElseGet(getMetaStore()::loadConfiguration);
        try {
            CONFIGURATION.set(getCluster(), null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
        getCluster().configure(before);
    }

    private static Field configurationField() {
        try {
            Field field = RaftClusterContext.class.getDeclaredField("configuration");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not Atomix 3.1.12", e);
        }
    }

    /**
     * Tells whether committed entries would be lost. A snapshot may stand for some that this log lacks, or has others for: those
     * may go.
     *
     * @param last the last entry that stays in the log
     * @param snapshot the last entry that the snapshot stands for
     */
    static boolean dropsCommitted(long last, long snapshot, long committed) {
        return Math.max(last, snapshot) < committed;
    }

    /** What cutting the log means for the rest of this member. */
    private final class Guard implements GuardedLogWriter.Log {

        @Override
        public long firstIndex() {
            return memberLog().firstIndex();
        }

        @Override
        public void beforeCut(long index) {
            if (dropsCommitted(index, snapshots().boundary().index(), getCommitIndex())) {
                IllegalStateException e = new IllegalStateException(
                        "entries after " + index + " were to be cut off, up to " + getCommitIndex() + " are committed");
                fatal.fatal("A leader asked this member to drop committed entries. Nothing was dropped. "
                        + MemberStartException.TAKE_STATE_ANEW, e);
                throw e;
            }
            try {
                mark.lower(index, 0);
            } catch (RuntimeException e) {
                failed(e);
                throw e;
            }
        }

        @Override
        public void afterCut(long index) {
            memberLog().cutAfter(index);
            if (configurations.cutAfter(index)) {
                goBackToTheMembersBefore();
            }
            String name = getStorage().prefix();
            SegmentFile.holding(getStorage().directory().toPath(), name, index + 1)
                    .ifPresent(file -> SegmentFile.read(file).eraseAfter(index));
            MemberDirectory.syncDirectory(getStorage().directory().toPath());
            lastSegment = 0;
        }

        @Override
        public GuardedLogWriter.End end() {
            return memberLog().end();
        }

        @Override
        public void appended(Indexed<RaftLogEntry> entry) {
            boolean takenBack = configurations.outdatedFrom(entry.index(), entry.entry().term());
            takenBack |= configurations.contradictedBy(entry);
            if (takenBack) {
                goBackToTheMembersBefore();
            }
            if (entry.entry() instanceof ConfigurationEntry list) {
                record(new Configuration(entry.index(), list.term(), list.timestamp(), list.members()));
                configurations.latest().ifPresent(this::apply);
            } else {
                memberLog().tail().add(entry);
            }
            if (getRole() == RaftServer.Role.LEADER && !getCluster().getRemoteMemberStates().isEmpty()) {
                // Once it is on its way to the others: they and this member sync it at the same time.
                getThreadContext().execute(DurableRaftContext.this::syncLog);
            }
        }

        /** A leader does so itself; a follower was told by the leader before, unless it has gone back in between. */
        private void apply(Configuration list) {
            if (getRole() != RaftServer.Role.LEADER) {
                getThreadContext().execute(() -> getCluster().configure(list));
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
        remember(() -> {
            votes.record(getTerm(), candidate.id());
            super.setLastVotedFor(candidate);
        });
    }

    @Override
    public void setTerm(long term) {
        remember(() -> super.setTerm(term));
    }

    @Override
    public void setLeader(@Nullable MemberId leader) {
        remember(() -> super.setLeader(leader));
    }

    /** Writes what must not be forgotten. Atomix logs that it could not, and goes on without its timers. */
    private void remember(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException) {
                fatal.fatal("What this member has to remember could not be written. Check the disk, then start again.",
                        e);
            }
            throw e;
        }
    }

    @Override
    public @Nullable MemberId getLastVotedFor() {
        String candidate = votes.voteIn(getTerm());
        return candidate == null ? null : MemberId.from(candidate);
    }
}
