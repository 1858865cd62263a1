package dev.roster.client;

/** How fresh an answer must be. */
public enum Consistency {
    /**
     * What the answering member has, without asking the others, but never older than anything that this client has been
     * answered before.
     */
    LOCAL,
    /** Every change that was acknowledged to anybody before the call. */
    LINEARIZABLE
}
