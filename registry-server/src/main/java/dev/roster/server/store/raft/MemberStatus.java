package dev.roster.server.store.raft;

import org.jspecify.annotations.Nullable;

/**
 * A member as another sees it.
 *
 * @param id its name
 * @param address host and port under which the others reach it, {@code host:port}; null for one that was never heard from
 * @param voter whether it has a vote; a learner has none
 * @param reachable whether the member that tells hears from it; true for itself
 */
public record MemberStatus(String id, @Nullable String address, boolean voter, boolean reachable) {}
