/**
 * The cluster as one member sees it: members, leadership, readiness.
 *
 * <p>{@link dev.roster.server.cluster.ClusterView} is the port; the engine that replicates implements it, and boot connects
 * the two. Nothing here changes the cluster, knows Raft or HTTP.
 */
@NullMarked
package dev.roster.server.cluster;

import org.jspecify.annotations.NullMarked;
