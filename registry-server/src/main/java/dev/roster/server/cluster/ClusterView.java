package dev.roster.server.cluster;

/** Tells what this member knows of the cluster. May be used by any thread; never waits. */
@FunctionalInterface
public interface ClusterView {

    /** Returns the state as of now, all parts of it read at about the same time. */
    ClusterState state();
}
