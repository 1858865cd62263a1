package dev.roster.server.store.raft;

import java.util.concurrent.CompletableFuture;

/** The way by which batches reach the log, wherever the leader is. */
interface LogLink {

    /** Opens a session with the leader; fails or never completes when there is none. */
    CompletableFuture<Session> open();

    /** A session: batches sent by it are appended in the order in which they were sent. */
    interface Session {

        /**
         * Sends a batch. That the future completes says that the batch is in the log; that it fails says nothing.
         */
        CompletableFuture<Void> send(byte[] batch);

        /** Ends the session; what was sent may still be appended. */
        void close();
    }
}
