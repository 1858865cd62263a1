package dev.roster.server.store;

import java.util.List;

/**
 * Result of a {@link RevokeLeases}.
 *
 * @param ids the leases that existed
 * @param revision revision after it; it is new if any key was deleted
 */
public record LeasesRevoked(List<LeaseId> ids, Revision revision) implements CommandResult {
    public LeasesRevoked {
        ids = List.copyOf(ids);
    }
}
