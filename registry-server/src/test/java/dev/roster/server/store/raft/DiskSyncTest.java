package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forced to disk by the time at which somebody may count on it. */
class DiskSyncTest {

    private static final int WRITES = 20;
    private static final MemberId LEADER = MemberId.from("m2");
    private static final long TERM = 1;
    private static final int SEGMENT_BYTES = 4096;
    private static final int MAX_ENTRY_BYTES = 1024;

    /** Fill more than one file. */
    private static final int ENTRIES = 300;

    @TempDir
    Path directory;

    @Test
    void stockAtomixNeverSyncsTheLogThoughItIsToldToWithEachCommit() throws Exception {
        CounterType counter = new CounterType();
        try (PlayedGroup group = new PlayedGroup(directory, 1, counter)
                .with(storage -> storage.withFlushOnCommit(true)); DiskSyncs syncs = DiskSyncs.record()) {
            group.startStock();
            PlayedClient client = PlayedClient.open(group.play(PlayedGroup.SELF), PlayedGroup.SELF, counter);
            for (int i = 1; i <= WRITES; i++) {
                assertThat(client.add()).isEqualTo(i);
            }

            assertThat(syncs.stop(directory)).as("the defect that is guarded against")
                    .noneMatch(DiskSyncs.logFiles());
        }
    }

    @Test
    void syncsTheLogBeforeItAcknowledgesAWrite() throws Exception {
        LocalGroup group = new LocalGroup(directory, 1);
        try (AtomixReplicator member = group.start("m1"); DiskSyncs syncs = DiskSyncs.record()) {
            for (int i = 0; i < WRITES; i++) {
                member.propose(Txn.of(new PutKey(Key.of("k"), Value.of("v")))).get(20, TimeUnit.SECONDS);
            }

            assertThat(syncs.stop(directory).stream().filter(DiskSyncs.logFiles()))
                    .hasSizeGreaterThanOrEqualTo(WRITES);
        }
    }

    @Test
    void stockAtomixAcknowledgesEntriesThatAreNotSynced() throws Exception {
        try (PlayedGroup group = new PlayedGroup(directory, 2, new CounterType())) {
            group.startStock();
            RaftServerProtocol leader = group.play(LEADER);
            try (DiskSyncs syncs = DiskSyncs.record()) {
                for (int i = 0; i < WRITES; i++) {
                    assertThat(append(leader, i, 1).succeeded()).isTrue();
                }

                assertThat(syncs.stop(directory)).as("the defect that is guarded against")
                        .noneMatch(DiskSyncs.logFiles());
            }
        }
    }

    @Test
    void syncsEntriesBeforeItAcknowledgesThem() throws Exception {
        try (PlayedGroup group = new PlayedGroup(directory, 2, new CounterType())) {
            group.startOurs();
            RaftServerProtocol leader = group.play(LEADER);
            try (DiskSyncs syncs = DiskSyncs.record()) {
                for (int i = 0; i < WRITES; i++) {
                    assertThat(append(leader, i, 1).succeeded()).isTrue();
                }

                assertThat(syncs.stop(directory).stream().filter(DiskSyncs.logFiles())).hasSize(WRITES);
            }
        }
    }

    @Test
    void stockAtomixNeverSyncsTheNameOfANewLogFile() throws Exception {
        try (PlayedGroup group = smallFiles()) {
            group.startStock();
            RaftServerProtocol leader = group.play(LEADER);
            append(leader, 0, 1);
            try (DiskSyncs syncs = DiskSyncs.record()) {
                assertThat(append(leader, 1, ENTRIES).succeeded()).isTrue();

                assertThat(SegmentFile.list(group.raft(), PlayedGroup.NAME)).hasSizeGreaterThan(1);
                assertThat(syncs.stop(directory)).as("the defect that is guarded against")
                        .doesNotContain(group.raft());
            }
        }
    }

    @Test
    void syncsTheNameOfANewLogFileBeforeItAcknowledgesWhatIsInIt() throws Exception {
        try (PlayedGroup group = smallFiles()) {
            group.startOurs();
            RaftServerProtocol leader = group.play(LEADER);
            append(leader, 0, 1);
            try (DiskSyncs syncs = DiskSyncs.record()) {
                assertThat(append(leader, 1, ENTRIES).succeeded()).isTrue();

                assertThat(SegmentFile.list(group.raft(), PlayedGroup.NAME)).hasSizeGreaterThan(1);
                assertThat(syncs.stop(directory)).contains(group.raft());
            }
        }
    }

    private PlayedGroup smallFiles() {
        return new PlayedGroup(directory, 2, new CounterType()).with(
                storage -> storage.withMaxSegmentSize(SEGMENT_BYTES).withMaxEntrySize(MAX_ENTRY_BYTES));
    }

    /** Has the leader send entries that follow one that it has sent before; nothing is committed. */
    private static AppendResponse append(RaftServerProtocol leader, long previous, int entries) throws Exception {
        List<RaftLogEntry> sent = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            sent.add(new InitializeEntry(TERM, i));
        }
        return leader.append(PlayedGroup.SELF,
                AppendRequest.builder().withTerm(TERM).withLeader(LEADER).withPrevLogIndex(previous)
                        .withPrevLogTerm(previous == 0 ? 0 : TERM).withEntries(sent).withCommitIndex(0).build())
                .get(10, TimeUnit.SECONDS);
    }
}
