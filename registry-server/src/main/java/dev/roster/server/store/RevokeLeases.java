package dev.roster.server.store;

import java.util.List;

/**
 * Ends leases and deletes the keys attached to them, at one revision. Leases that do not exist are passed over.
 *
 * @param ids the leases
 */
public record RevokeLeases(List<LeaseId> ids) implements Command {

    /** Most leases in one command: it must not hold up those behind it for long. */
    public static final int MAX_LEASES = 1024;

    public RevokeLeases {
        ids = List.copyOf(ids);
        if (ids.size() > MAX_LEASES) {
            throw new InvalidCommandException("ids", ids.size() + " leases", "at most " + MAX_LEASES);
        }
    }
}
