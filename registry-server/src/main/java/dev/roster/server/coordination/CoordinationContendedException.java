package dev.roster.server.coordination;

/** It was changed by others on every attempt. */
public final class CoordinationContendedException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient String what;

    /** Makes the exception. */
    public CoordinationContendedException(String what) {
        super(what + " is being changed by others");
        this.what = what;
    }

    /** Returns what was to be changed, by name. */
    public String what() {
        return what;
    }
}
