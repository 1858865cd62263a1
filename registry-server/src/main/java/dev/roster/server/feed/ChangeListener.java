package dev.roster.server.feed;

/**
 * Receives what a subscription sees. Calls come one at a time, in the order of revisions, on a thread of the store that
 * others wait for as well: an implementation must not block.
 */
public interface ChangeListener {

    /** Called with all changes of one revision, which is greater than that of every call before. */
    void onChange(Change change);

    /** Called now and then, and when asked for, when everything up to a revision has been told. */
    void onProgress(long revision);

    /** Called when changes that have not been told are no longer kept. It is the last call. */
    void onCompacted(long oldestRevision);
}
