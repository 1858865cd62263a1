package dev.roster.server.store;

/** Why the store did not do what it was asked. Carries facts, knows no HTTP. */
public abstract sealed class StoreException extends RuntimeException permits InvalidCommandException,
        RevisionCompactedException, RevisionAheadException, KeyNotFoundException, LeaseNotFoundException,
        LeaseExistsException, StoreOverloadedException, StoreFullException, StateFullException,
        StoreUnavailableException,
        OutcomeUnknownException {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }
}
