package dev.roster.server.store;

/** No answer came in time: the command may or may not have been carried out, now or later. */
public final class OutcomeUnknownException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Says what was waited for. */
    public OutcomeUnknownException(String message) {
        super(message);
    }
}
