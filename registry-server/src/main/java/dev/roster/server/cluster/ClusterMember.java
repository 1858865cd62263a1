package dev.roster.server.cluster;

/**
 * A member of the cluster.
 *
 * @param id its id
 * @param address host and port under which the other members reach it, {@code host:port}
 * @param reachable whether this member hears from it; true for itself
 */
public record ClusterMember(String id, String address, boolean reachable) {}
