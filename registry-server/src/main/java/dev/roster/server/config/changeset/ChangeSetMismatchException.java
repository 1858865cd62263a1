package dev.roster.server.config.changeset;

/** The change set is not as whoever changes it has seen it. */
public final class ChangeSetMismatchException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    private final long currentNumber;

    ChangeSetMismatchException(ChangeSetKey key, long currentNumber) {
        super(key, "change set " + key + " has number " + currentNumber);
        this.currentNumber = currentNumber;
    }

    /** Returns the number that the change set has now. */
    public long currentNumber() {
        return currentNumber;
    }
}
