package dev.roster.server.feed;

import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;

/**
 * Makes reads as fresh as a caller asks. Features read this member's replica, which only ever moves forward; so whoever
 * waits here first, and reads then, sees at least what was waited for. May be used by any thread.
 */
public final class ReadFence {
    private final Store store;

    /** Makes the fence. */
    public ReadFence(Store store) {
        this.store = store;
    }

    /** Returns the revision that this member's replica has reached, without waiting. */
    public long current() {
        return store.view().revision().value();
    }

    /**
     * Waits until this member's replica is fresh enough.
     *
     * @param linearizable whether it must show every change acknowledged to anybody before this call
     * @param minRevision a revision that it must show, 0 for any
     * @return the revision that it has reached
     * @throws dev.roster.server.store.RevisionAheadException if it has not reached {@code minRevision} in time
     */
    public long await(boolean linearizable, long minRevision) {
        ReadView view = linearizable ? Outcome.await(store.linearizableView()) : store.view();
        if (view.revision().value() < minRevision) {
            view = Outcome.await(store.viewNotBefore(new Revision(minRevision)));
        }
        return view.revision().value();
    }
}
