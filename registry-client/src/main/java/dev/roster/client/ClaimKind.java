package dev.roster.client;

/** What can be claimed. Names of different kinds have nothing to do with each other. */
public enum ClaimKind {
    /** Held by one session at a time. */
    LOCK("locks"),
    /** Likewise; who holds it says something to all others. */
    ELECTION("elections"),
    /** Held by as many as it has permits. */
    SEMAPHORE("semaphores");

    private final String path;

    ClaimKind(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
