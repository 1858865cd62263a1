package dev.roster.server.coordination;

/** There is no such session, or not any more: everything that was held by it is given up. */
public final class SessionNotFoundException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient SessionId session;

    /** Makes the exception. */
    public SessionNotFoundException(SessionId session) {
        super("session " + session + " has ended, or never was");
        this.session = session;
    }

    /** Returns which session. */
    public SessionId session() {
        return session;
    }
}
