package dev.roster.server.config.check;

/** Somebody else was faster: what documents are checked against is not as the caller believes. Nothing was changed. */
public final class CheckMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final long currentNumber;

    CheckMismatchException(String what, long currentNumber) {
        super(what + " has number " + currentNumber);
        this.what = what;
        this.currentNumber = currentNumber;
    }

    /** Returns what is not as the caller believes, for people. */
    public String what() {
        return what;
    }

    /** Returns the number that it has, 0 if there is none. */
    public long currentNumber() {
        return currentNumber;
    }
}
