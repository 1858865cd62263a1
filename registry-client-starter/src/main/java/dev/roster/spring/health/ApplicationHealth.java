package dev.roster.spring.health;

/** Whether the application can serve. Asked by one thread at a time; may block. */
@FunctionalInterface
public interface ApplicationHealth {

    /** What the application says of itself. */
    enum State {
        /** It serves. */
        SERVING,
        /** It says that it is not ready, or no longer: to be believed at once. */
        NOT_READY,
        /** Something that it needs does not work, possibly for a moment. */
        ILL
    }

    /**
     * An answer.
     *
     * @param reason why the application does not serve, empty if it does
     */
    record Answer(State state, String reason) {
        /** It serves. */
        public static final Answer SERVING = new Answer(State.SERVING, "");
        /** It says that it is not ready. */
        public static final Answer NOT_READY = new Answer(State.NOT_READY, "it is not ready");
    }

    /** Asks. */
    Answer ask();
}
