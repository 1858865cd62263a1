package dev.roster.server.store;

import java.util.List;

/**
 * Ends leases whose time is over, as {@link RevokeLeases} does, unless a leader of a later term has begun to judge leases. Keep-alives
 * are not in the log, so that only the leader that takes them knows whose time is over: what an earlier one found out
 * may reach the log long after that one was replaced, and must then do nothing.
 *
 * @param term of the leader that judges, 1 or more
 * @param ids the leases, at most {@link RevokeLeases#MAX_LEASES}; none to begin to judge. Leases that do not exist are passed
 *     over
 */
public record ExpireLeases(long term, List<LeaseId> ids) implements Command {
    public ExpireLeases {
        ids = List.copyOf(ids);
        if (term < 1) {
            throw new InvalidCommandException("term", term, "1 or more");
        }
        if (ids.size() > RevokeLeases.MAX_LEASES) {
            throw new InvalidCommandException("ids", ids.size() + " leases", "at most " + RevokeLeases.MAX_LEASES);
        }
    }
}
