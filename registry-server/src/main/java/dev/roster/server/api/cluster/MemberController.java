package dev.roster.server.api.cluster;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.cluster.MemberRequest;
import dev.roster.server.cluster.MemberChangeRefusedException;
import dev.roster.server.cluster.MemberChangeRefusedException.Reason;
import dev.roster.server.cluster.Members;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.RequiresRole;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes who takes part in the cluster. */
@RestController
final class MemberController {

    private static final String NAME = "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or a"
            + " digit";

    private final Members members;
    private final ClusterController cluster;

    MemberController(Members members, ClusterController cluster) {
        this.members = members;
        this.cluster = cluster;
    }

    @PostMapping("/api/v1/cluster/members")
    @RequiresRole(Role.ADMIN)
    @Audited("member.add")
    @ResponseStatus(HttpStatus.CREATED)
    ClusterStatus add(@RequestBody MemberRequest request) {
        return after("id", request.id(), members::add);
    }

    @PostMapping("/api/v1/cluster/members/{member}/promote")
    @RequiresRole(Role.ADMIN)
    @Audited("member.promote")
    ClusterStatus promote(@PathVariable("member") String member) {
        return after("member", member, members::promote);
    }

    @DeleteMapping("/api/v1/cluster/members/{member}")
    @RequiresRole(Role.ADMIN)
    @Audited("member.remove")
    ClusterStatus remove(@PathVariable("member") String member) {
        return after("member", member, members::remove);
    }

    @PutMapping("/api/v1/cluster/leader")
    @RequiresRole(Role.ADMIN)
    @Audited("cluster.lead")
    ClusterStatus lead(@RequestBody MemberRequest request) {
        return after("id", request.id(), members::lead);
    }

    private ClusterStatus after(String field, @Nullable String member, Consumer<String> change) {
        if (member == null) {
            throw new ProblemException(ProblemReport.invalidArgument(field, null, NAME));
        }
        try {
            change.accept(member);
        } catch (MemberChangeRefusedException e) {
            throw new ProblemException(switch (e.reason()) {
                case Reason.INVALID_NAME -> ProblemReport.invalidArgument(field, member, NAME);
                case Reason.UNKNOWN_MEMBER -> ProblemReport.of(ProblemKind.MEMBER_NOT_FOUND, e.getMessage());
                case Reason.CONFLICT -> ProblemReport.of(ProblemKind.CONFLICT, e.getMessage());
            });
        }
        return cluster.status();
    }
}
