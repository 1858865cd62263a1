package dev.roster.server.store;

import java.util.List;

/**
 * Ends leases and deletes the keys attached to them, at one revision. Leases that do not exist are passed over.
 *
 * @param ids the leases
 */
public record RevokeLeases(List<LeaseId> ids) implements Command {
    public RevokeLeases {
        ids = List.copyOf(ids);
    }
}
