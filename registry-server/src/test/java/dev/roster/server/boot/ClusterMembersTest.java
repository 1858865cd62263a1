package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.boot.SrvLookup.Srv;
import dev.roster.server.store.raft.MemberAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClusterMembersTest {
    private static final String NAME = "_roster._tcp.example.org";
    private static final Map<String, String> FOUND = Map.of("roster.cluster.members-from", "dns-srv:" + NAME,
            "roster.cluster.member", "a");

    private List<Srv> records = List.of(new Srv("b.example.org.", 7402), new Srv("a.example.org.", 7401));
    private long nanos;
    private int lookUps;

    @TempDir
    private Path data;

    private ClusterMembers members(Map<String, String> settings) {
        RosterProperties.Cluster cluster = new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
                .bindOrCreate("roster", RosterProperties.class).cluster();
        return ClusterMembers.of(cluster, data, new MemberDiscovery(_ -> {
            lookUps++;
            return records;
        }, () -> nanos, pause -> nanos += pause.toNanos()));
    }

    @Test
    void areThoseThatAreListed() {
        ClusterMembers members = members(
                Map.of("roster.cluster.member", "b", "roster.cluster.members", "a=h:1,b=h:2"));

        assertThat(members.self()).isEqualTo(new MemberAddress("b", "h", 2));
        assertThat(members.all()).hasSize(2);
        assertThat(lookUps).isZero();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void areOneAloneByDefault() {
        assertThat(members(Map.of()).all()).containsExactly(new MemberAddress("member-1", "127.0.0.1", 7401));
    }

    @Test
    void areFoundOnceAndTheSameEverAfter() throws IOException {
        ClusterMembers first = members(FOUND);
        assertThat(first.self()).isEqualTo(new MemberAddress("a", "a.example.org", 7401));
        assertThat(first.all()).hasSize(2);
        assertThat(Files.readAllLines(data.resolve("members-found"))).containsExactly("dns-srv:" + NAME,
                "a=a.example.org:7401", "b=b.example.org:7402");

        records = List.of();
        ClusterMembers again = members(FOUND);

        assertThat(again).isEqualTo(first);
        assertThat(lookUps).as("of the first start").isEqualTo(2);
    }

    @Test
    void areFoundAnewInAnotherPlaceOrUnderAnotherName() {
        members(FOUND);
        records = List.of(new Srv("a.example.net", 1), new Srv("c.example.net", 2));

        assertThat(members(Map.of("roster.cluster.members-from", "dns-srv:_roster._tcp.example.net",
                "roster.cluster.member", "a")).all()).extracting(MemberAddress::id).containsExactly("a", "c");
        assertThat(members(Map.of("roster.cluster.members-from", "dns-srv:_roster._tcp.example.net",
                "roster.cluster.member", "c")).self().port()).isEqualTo(2);
    }

    @Test
    void leaveNoNoteWhenTheyAreNotFound() {
        records = List.of();

        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> members(FOUND));

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void areRefusedWhenTheNoteIsDamaged() throws IOException {
        Path note = Files.writeString(data.resolve("members-found"), "dns-srv:" + NAME + "\na=a.exa\n");

        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> members(FOUND))
                .withMessageContaining(note + " is damaged").withMessageContaining("'a=a.exa'");
    }
}
