package dev.roster.server.store.raft;

/**
 * Stops the member when it can no longer keep its promises: an entry that can't be applied, a sync that failed, a
 * snapshot that can't be written or read. A member that went on would serve wrong state or acknowledge what it may lose.
 */
@FunctionalInterface
public interface FatalHandler {

    /**
     * Ends the process, or in a test notes that it should have ended. Called by any thread.
     *
     * @param message what went wrong and what the operator can do
     */
    void fatal(String message, Throwable cause);
}
