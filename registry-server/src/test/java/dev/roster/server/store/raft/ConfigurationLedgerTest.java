package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.storage.system.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLedgerTest {

    @TempDir
    Path directory;

    private Path file;
    private ConfigurationLedger ledger;

    @BeforeEach
    void open() {
        file = directory.resolve("members");
        ledger = ConfigurationLedger.open(file);
    }

    @Test
    void hasNoListAtTheBeginning() {
        assertThat(ledger.latest()).isEmpty();
        ledger.record(0, 0, 1, members("a"));
        assertThat(ledger.latest()).as("the list that all begin with").isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void remembersTheLastListOverARestart() {
        ledger.record(10, 2, 5, members("a", "b", "c"));
        ledger.record(12, 2, 6, members("a", "b"));

        Configuration latest = ConfigurationLedger.open(file).latest().orElseThrow();

        assertThat(latest.index()).isEqualTo(12);
        assertThat(latest.term()).isEqualTo(2);
        assertThat(latest.time()).isEqualTo(6);
        assertThat(latest.members()).extracting(member -> member.memberId().id() + "=" + member.getType())
                .containsExactly("a=ACTIVE", "b=ACTIVE");
    }

    @Test
    void isNotChangedByWhatAtomixDoesToItsMembers() {
        DefaultRaftMember member = new DefaultRaftMember(MemberId.from("a"), RaftMember.Type.PASSIVE, Instant.EPOCH);
        ledger.record(10, 1, 5, List.of(member));

        member.update(RaftMember.Type.ACTIVE, Instant.now());

        assertThat(ledger.latest().orElseThrow().members()).extracting(RaftMember::getType)
                .containsExactly(RaftMember.Type.PASSIVE);
    }

    @Test
    void goesBackToTheListBeforeWhenTheLastOneIsCutOff() {
        ledger.record(10, 1, 5, members("a", "b"));
        ledger.record(12, 1, 6, members("a"));

        assertThat(ledger.cutAfter(12)).isFalse();
        assertThat(ledger.cutAfter(11)).isTrue();

        assertThat(ledger.latest().orElseThrow().index()).isEqualTo(10);
        assertThat(ConfigurationLedger.open(file).latest().orElseThrow().index()).isEqualTo(10);
    }

    @Test
    void takesNoOlderList() {
        ledger.record(10, 1, 5, members("a", "b"));
        ledger.record(9, 1, 6, members("a"));
        ledger.record(10, 1, 6, members("a"));

        assertThat(ledger.latest().orElseThrow().members()).hasSize(2);
    }

    @Test
    void keepsAFewListsOnly() throws IOException {
        for (int i = 1; i <= 50; i++) {
            ledger.record(i, 1, i, members("a"));
        }

        assertThat(Files.readAllLines(file)).hasSize(9);
    }

    @Test
    void refusesADamagedFile() throws IOException {
        ledger.record(10, 1, 5, members("a", "b"));
        Files.writeString(file, Files.readString(file).replace("b=ACTIVE", "b=PASSIVE"));

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> ConfigurationLedger.open(file))
                .withMessageContaining("its checksum does not match");
    }

    private static List<RaftMember> members(String... names) {
        return Stream.of(names).<RaftMember>map(
                name -> new DefaultRaftMember(MemberId.from(name), RaftMember.Type.ACTIVE, Instant.EPOCH)).toList();
    }
}
