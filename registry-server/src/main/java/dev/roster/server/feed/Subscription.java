package dev.roster.server.feed;

/** A running subscription to changes. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends it. No call of its listener begins after this returns, unless it was made by the listener itself. */
    @Override
    void close();
}
