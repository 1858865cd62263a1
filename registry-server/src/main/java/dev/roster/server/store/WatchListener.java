package dev.roster.server.store;

import java.util.List;

/**
 * Receives what a watch sees. It must not throw: that ends the watch. Calls for one watch come one at a time, in revision order, on a thread that is not the
 * one that applies commands; a listener that is slow delays only itself.
 */
public interface WatchListener {

    /**
     * Called with all changes of one revision to the watched ranges.
     *
     * @param revision greater than that of every call before
     * @param events at least one, in the order of the transaction
     */
    void onEvents(Revision revision, List<KeyEvent> events);

    /**
     * Called when everything up to a revision has been told and nothing else is pending: once the watch has caught up after
     * it began, after changes were told, and when {@link Watch#requestProgress} asked for it; not for each revision.
     *
     * @param revision the revision that the replica has reached
     */
    default void onProgress(Revision revision) {}

    /**
     * Called when the watch ends because changes that it has not been told are no longer kept. It is the last call.
     *
     * @param oldest the oldest revision that a new watch may start at
     */
    void onCompacted(Revision oldest);
}
