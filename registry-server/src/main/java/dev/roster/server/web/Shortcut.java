package dev.roster.server.web;

import dev.roster.server.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Answers some requests before they reach any filter, which costs several times what bytes cost that are there already. It
 * leaves whatever it is not sure of to the handlers: every request that it answers is one that they would answer in the same way.
 * Must not wait for anything. May be used by any thread.
 */
public interface Shortcut {

    /** Returns what may answer a request, null if it is not worth while to find out who calls. */
    @Nullable
    Match match(QuickRequest request);

    /** What may answer one request. */
    @FunctionalInterface
    interface Match {

        /** Returns the answer, null to leave the request to the handlers. */
        @Nullable
        QuickAnswer find(Caller caller);
    }
}
