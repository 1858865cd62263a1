package dev.roster.server.coordination;

import java.util.Locale;

/** What can be claimed. Names of different kinds have nothing to do with each other. */
public enum ClaimKind {
    /** Held by one session at a time. */
    LOCK,
    /** Likewise; who holds it says something to all others. */
    ELECTION,
    /** Held by as many as it has permits. */
    SEMAPHORE;

    /** Returns the kind as people write it: in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether one session at a time holds it. */
    boolean isExclusive() {
        return this != SEMAPHORE;
    }
}
