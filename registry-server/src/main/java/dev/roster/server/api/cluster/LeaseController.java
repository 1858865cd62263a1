package dev.roster.server.api.cluster;

import dev.roster.api.cluster.LeaseStatus;
import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.LeaseExpiryState;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.RequiresRole;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how leases end, and ends those that are held back. */
@RestController
final class LeaseController {
    private final LeaseExpiry expiry;

    LeaseController(LeaseExpiry expiry) {
        this.expiry = expiry;
    }

    @GetMapping("/api/v1/cluster/leases")
    @RequiresRole(Role.READER)
    LeaseStatus status() {
        return status(expiry.state());
    }

    @PostMapping("/api/v1/cluster/leases/release")
    @RequiresRole(Role.ADMIN)
    @Audited("leases.release")
    LeaseStatus release() {
        return status(expiry.release());
    }

    private static LeaseStatus status(LeaseExpiryState state) {
        return new LeaseStatus(state.leases(), state.overdue(), state.heldBack(), state.heldFor());
    }
}
