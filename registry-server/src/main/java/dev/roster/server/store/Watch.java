package dev.roster.server.store;

/** A running watch. */
public interface Watch extends AutoCloseable {

    /**
     * Asks for one call of {@link WatchListener#onProgress}, soon and after all that is pending: a watch that nothing matches
     * is not told of the revisions that pass by. Returns at once.
     */
    void requestProgress();

    /**
     * Ends the watch. No call of its listener begins after this returns. A call that is under way on another thread is
     * waited for; one that makes this call itself is not, and is the last.
     */
    @Override
    void close();
}
