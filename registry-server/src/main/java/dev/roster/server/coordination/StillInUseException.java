package dev.roster.server.coordination;

/** It cannot be changed so while it is held. */
public final class StillInUseException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient String what;

    /** Makes the exception. */
    public StillInUseException(String what) {
        super(what + " is in use");
        this.what = what;
    }

    /** Returns what was to be changed, by name. */
    public String what() {
        return what;
    }
}
