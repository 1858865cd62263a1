package dev.roster.server.store;

/** A running watch. */
public interface Watch extends AutoCloseable {

    /** Ends the watch. No call of its listener begins after this returns, unless it was made by the listener itself. */
    @Override
    void close();
}
