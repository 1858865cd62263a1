package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases: granted once, revoked with their keys, and what attaches to them and lets go. */
class LeaseTest extends KeySpaceFixture {

    @Test
    void areGrantedOnceWithoutARevision() {
        LeaseGranted granted = (LeaseGranted) apply(new GrantLease(LEASE, Duration.ofSeconds(10)));

        assertThat(granted).isEqualTo(new LeaseGranted(LEASE, Duration.ofSeconds(10), Revision.ZERO));
        assertThat(space.findLease(LEASE)).contains(new Lease(LEASE, Duration.ofSeconds(10)));
        refused(LeaseExistsException.class, new GrantLease(LEASE, Duration.ofSeconds(20)));
    }

    @Test
    void deleteTheirKeysAtOneRevisionWhenRevoked() {
        LeaseId other = new LeaseId(-8);
        grant(LEASE);
        grant(other);
        commit(put("b", "1", LEASE), put("a", "1", LEASE), put("c", "1", other), put("d", "1"));

        LeasesRevoked revoked = (LeasesRevoked) apply(
                new RevokeLeases(List.of(LEASE, new LeaseId(99), other, LEASE)));

        assertThat(revoked).isEqualTo(new LeasesRevoked(List.of(LEASE, other), new Revision(2)));
        assertThat(keys(KeyRange.ALL)).containsExactly("d");
        assertThat(space.leases()).isEmpty();
    }

    @Test
    void withoutKeysEndWithoutARevision() {
        grant(LEASE);

        LeasesRevoked revoked = (LeasesRevoked) apply(new RevokeLeases(List.of(LEASE)));

        assertThat(revoked.revision()).isEqualTo(Revision.ZERO);
        assertThat(space.findLease(LEASE)).isEmpty();
    }

    @Test
    void letGoOfAKeyThatIsWrittenWithoutThem() {
        LeaseId other = new LeaseId(8);
        grant(LEASE);
        grant(other);
        commit(put("a", "1", LEASE), put("b", "1", LEASE), put("c", "1", LEASE));
        commit(put("a", "2"));
        commit(put("b", "2", other));
        commit(delete("c"));
        commit(put("c", "2"));

        apply(new RevokeLeases(List.of(LEASE)));

        assertThat(keys(KeyRange.ALL)).containsExactly("a", "b", "c");
        apply(new RevokeLeases(List.of(other)));
        assertThat(keys(KeyRange.ALL)).containsExactly("a", "c");
    }

    @Test
    void holdManyKeys() {
        grant(LEASE);
        for (int i = 0; i < 100; i++) {
            commit(put("k" + i, "1", LEASE));
            commit(put("k" + i, "2", LEASE));
        }
        commit(delete("k50"));

        apply(new RevokeLeases(List.of(LEASE)));

        assertThat(space.view().count(KeyRange.ALL)).isZero();
    }

    @Test
    void endWhenWhoJudgesSaysSo() {
        grant(LEASE);
        commit(put("a", "1", LEASE));
        apply(new ExpireLeases(3, List.of()));
        assertThat(space.judgingTerm()).isEqualTo(3);

        LeasesRevoked ended = (LeasesRevoked) apply(new ExpireLeases(3, List.of(LEASE, new LeaseId(99))));

        assertThat(ended).isEqualTo(new LeasesRevoked(List.of(LEASE), new Revision(2)));
        assertThat(keys(KeyRange.ALL)).isEmpty();
    }

    @Test
    void outliveTheJudgementOfAnEarlierLeader() {
        grant(LEASE);
        commit(put("a", "1", LEASE));
        apply(new ExpireLeases(3, List.of()));

        LeasesRevoked ended = (LeasesRevoked) apply(new ExpireLeases(2, List.of(LEASE)));

        assertThat(ended).isEqualTo(new LeasesRevoked(List.of(), new Revision(1)));
        assertThat(keys(KeyRange.ALL)).containsExactly("a");
        assertThat(space.judgingTerm()).isEqualTo(3);
        assertThat(apply(new RevokeLeases(List.of(LEASE)))).as("whoever asks for it by itself has it at any time")
                .isEqualTo(new LeasesRevoked(List.of(LEASE), new Revision(2)));
    }

    @Test
    void areStillJudgedByTheSameLeaderAfterASnapshot() throws IOException {
        grant(LEASE);
        apply(new ExpireLeases(3, List.of()));
        KeySpace restored = new KeySpace();
        byte[] image = Images.bytes(space.image());

        restored.restore(Images.input(image));

        assertThat(restored.judgingTerm()).isEqualTo(3);
        assertThat(restored.leases()).isEqualTo(space.leases());
        assertThat(Images.bytes(restored.image())).isEqualTo(image);
    }

    @Test
    void areOfABoundedNumberInOneCommand() {
        List<LeaseId> many = new ArrayList<>();
        for (int i = 0; i <= RevokeLeases.MAX_LEASES; i++) {
            many.add(new LeaseId(i + 1));
        }

        assertThatThrownBy(() -> new RevokeLeases(many)).isInstanceOf(InvalidCommandException.class)
                .hasMessage("ids is 1025 leases, expected at most 1024");
        assertThatThrownBy(() -> new ExpireLeases(1, many)).hasMessage("ids is 1025 leases, expected at most 1024");
        assertThatThrownBy(() -> new ExpireLeases(0, List.of())).hasMessage("term is 0, expected 1 or more");
    }
}
