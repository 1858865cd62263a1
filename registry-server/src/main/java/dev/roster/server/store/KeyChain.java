package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/** The versions of one key, newest first. One thread adds to it while any number read. */
final class KeyChain {
    private volatile Version newest;

    KeyChain(Version first) {
        this.newest = first;
    }

    Version newest() {
        return newest;
    }

    void add(Version version) {
        newest = version;
    }

    /** Returns the key as of a revision, null if it did not exist then. */
    @Nullable
    KeyValue at(long revision) {
        for (Version version = newest; version != null; version = version.previous) {
            if (version.revision <= revision) {
                return version.current;
            }
        }
        return null;
    }
}
