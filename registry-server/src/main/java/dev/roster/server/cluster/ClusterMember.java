package dev.roster.server.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster.
 *
 * @param id its id
 * @param address host and port under which the other members reach it, {@code host:port}; null for one that was added and
 *     never heard from
 * @param voter whether it has a vote; a learner has none
 * @param reachable whether this member hears from it; true for itself
 */
public record ClusterMember(String id, @Nullable String address, boolean voter, boolean reachable) {}
