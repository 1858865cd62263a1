package dev.roster.server.feed;

/** A running subscription to changes. May be used by any thread; nothing here waits. */
public interface Subscription extends AutoCloseable {

    /** Asks for a call of {@link ChangeListener#onProgress} soon; calls that are pending are made first. */
    void requestProgress();

    /** Ends it. No call of its listener begins after this returns, unless it was made by the listener itself. */
    @Override
    void close();
}
