package dev.roster.server.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.cluster.LeaseStatus;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ClusterApiTest extends ServerTest {

    @Test
    void tellsHowTheClusterLooks() {
        HttpResponse<String> response = send(asAdmin("/api/v1/cluster"));

        ClusterStatus status = read(response, ClusterStatus.class);
        assertThat(status.member()).isEqualTo("member-1");
        assertThat(status.leader()).isEqualTo("member-1");
        assertThat(status.revision()).isPositive();
        assertThat(status.members()).singleElement().satisfies(member -> {
            assertThat(member.id()).isEqualTo("member-1");
            assertThat(member.reachable()).isTrue();
        });
    }

    @Test
    void tellsHowLeasesAreJudgedAndLetsThemGo() {
        LeaseStatus status = read(send(asAdmin("/api/v1/cluster/leases")), LeaseStatus.class);
        LeaseStatus released = read(send(json(asAdmin("/api/v1/cluster/leases/release"), "POST", "")),
                LeaseStatus.class);

        assertThat(status.heldBack()).isFalse();
        assertThat(status.heldFor()).isZero();
        assertThat(released.heldBack()).isFalse();
    }

    @Test
    void letsOnlyAnAdminReleaseLeases() {
        assertThat(send(json(get("/api/v1/cluster/leases/release"), "POST", "")).statusCode()).isEqualTo(401);
    }
}
