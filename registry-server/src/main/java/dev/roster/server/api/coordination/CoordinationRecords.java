package dev.roster.server.api.coordination;

import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.server.coordination.ClaimLine;
import dev.roster.server.coordination.ClaimStatus;
import dev.roster.server.coordination.OpenSession;
import dev.roster.server.coordination.StandingClaim;
import java.util.ArrayList;
import java.util.List;

/** Makes the records of the wire. */
final class CoordinationRecords {

    private CoordinationRecords() {}

    static CoordinationSession session(OpenSession session) {
        return new CoordinationSession(session.namespace().value(), session.id().value(), session.ttl(),
                session.name(), session.owner(), session.openedAt(), session.revision());
    }

    static Claim claim(ClaimStatus status) {
        return claim(status.claim(), status.position());
    }

    static ClaimQueue queue(ClaimLine line) {
        List<Claim> claims = new ArrayList<>();
        int holding = line.holding();
        for (int i = 0; i < line.claims().size(); i++) {
            claims.add(claim(line.claims().get(i), Math.max(0, i - holding + 1)));
        }
        int limit = limit(line);
        return new ClaimQueue(line.target().namespace().value(), line.target().name().value(), line.revision(), limit,
                limit - line.taken(), claims);
    }

    static ClaimSummary summary(ClaimLine line) {
        return new ClaimSummary(line.target().namespace().value(), line.target().name().value(), limit(line),
                line.taken(), line.claims().size() - line.holding());
    }

    private static int limit(ClaimLine line) {
        Integer limit = line.limit();
        return limit == null ? 0 : limit;
    }

    private static Claim claim(StandingClaim claim, int position) {
        boolean held = position == 0;
        return new Claim(claim.id().value(), claim.session().value(), claim.sessionName(), claim.owner(), held,
                position, held ? claim.created() : null, claim.permits(), claim.value(), claim.since(),
                claim.modified());
    }
}
