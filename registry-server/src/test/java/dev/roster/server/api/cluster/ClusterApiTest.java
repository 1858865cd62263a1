package dev.roster.server.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.cluster.ClusterStatus;
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
}
