package dev.roster.server.api.cluster;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.server.cluster.ClusterState;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.security.Role;
import dev.roster.server.web.RequiresRole;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how the cluster looks from the member that answers. */
@RestController
final class ClusterController {
    private final ClusterView cluster;

    ClusterController(ClusterView cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/api/v1/cluster")
    @RequiresRole(Role.READER)
    ClusterStatus status() {
        ClusterState state = cluster.state();
        return new ClusterStatus(state.cluster(), state.member(), state.leader(), state.term(), state.revision(),
                state.members().stream()
                        .map(member -> new ClusterStatus.Member(member.id(), member.address(), member.voter(),
                                member.reachable()))
                        .toList());
    }
}
