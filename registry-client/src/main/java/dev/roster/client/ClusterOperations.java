package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.cluster.ClusterStatus;

/**
 * The cluster as a whole. Every method asks the server, blocks until the answer is there, may be called by any thread, and
 * throws a {@link RosterException}.
 */
public interface ClusterOperations {

    /** Returns the cluster as the answering member sees it. */
    ClusterStatus status();

    /** Returns the namespaces in use, by name. */
    Page<String> namespaces();
}
