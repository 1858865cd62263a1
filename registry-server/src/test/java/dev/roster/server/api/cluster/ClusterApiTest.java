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

    @Test
    void addsAndRemovesALearner() {
        HttpResponse<String> added = send(json(asAdmin("/api/v1/cluster/members"), "POST", "{\"id\": \"member-2\"}"));

        assertThat(added.statusCode()).isEqualTo(201);
        ClusterStatus status = read(added, ClusterStatus.class);
        assertThat(status.cluster()).isNotNull();
        assertThat(status.members()).extracting(ClusterStatus.Member::id).containsExactly("member-1", "member-2");
        assertThat(status.members().getLast().voter()).isFalse();
        assertThat(status.members().getLast().address()).isNull();
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/members"), "POST", "{\"id\": \"member-2\"}")))).isEqualTo(
                "409 conflict");
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/members/member-2/promote"), "POST", ""))))
                .isEqualTo("409 conflict");
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/leader"), "PUT", "{\"id\": \"member-2\"}"))))
                .isEqualTo("404 member-not-found");

        ClusterStatus after = read(send(asAdmin("/api/v1/cluster/members/member-2").DELETE()), ClusterStatus.class);

        assertThat(after.members()).extracting(ClusterStatus.Member::id).containsExactly("member-1");
    }

    @Test
    void refusesMembersThatCanNotBe() {
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/members"), "POST", "{\"id\": \"M 2\"}"))))
                .isEqualTo("400 invalid-argument");
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/members"), "POST", "{}"))))
                .isEqualTo("400 invalid-argument");
        assertThat(refusal(send(asAdmin("/api/v1/cluster/members/member-9").DELETE())))
                .isEqualTo("404 member-not-found");
        assertThat(refusal(send(asAdmin("/api/v1/cluster/members/member-1").DELETE()))).isEqualTo("409 conflict");
        assertThat(refusal(send(json(asAdmin("/api/v1/cluster/leader"), "PUT", "{\"id\": \"member-1\"}"))))
                .isEqualTo("409 conflict");
        assertThat(send(get("/api/v1/cluster/members/member-1").DELETE()).statusCode()).isEqualTo(401);
    }

    private static String refusal(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body().replaceAll("(?s).*\"code\" ?: ?\"([a-z-]+)\".*", "$1");
    }
}
