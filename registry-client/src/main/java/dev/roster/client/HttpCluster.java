package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.cluster.ClusterStatus;

/** The cluster over HTTP. */
record HttpCluster(Session session) implements ClusterOperations {

    @Override
    public ClusterStatus status() {
        return session.ask(Call.read(new Call.Path("/cluster")), ClusterStatus.class);
    }

    @Override
    public Page<String> namespaces() {
        return session.askPage(Call.read(new Call.Path("/namespaces")), String.class);
    }
}
