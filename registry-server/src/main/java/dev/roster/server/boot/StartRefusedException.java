package dev.roster.server.boot;

/** The server does not start, for a reason that the operator can remove. */
final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Makes the exception.
     *
     * @param reason why the server does not start
     * @param action what to do about it
     */
    StartRefusedException(String reason, String action) {
        super(reason);
        this.action = action;
    }

    String action() {
        return action;
    }
}
