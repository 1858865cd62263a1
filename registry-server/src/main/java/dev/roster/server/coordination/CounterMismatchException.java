package dev.roster.server.coordination;

/** The counter says something else than expected. */
public final class CounterMismatchException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient CounterKey counter;
    private final long value;

    /** Makes the exception. */
    public CounterMismatchException(CounterKey counter, long value) {
        super(counter + " is at " + value);
        this.counter = counter;
        this.value = value;
    }

    /** Returns which counter. */
    public CounterKey counter() {
        return counter;
    }

    /** Returns what it says. */
    public long value() {
        return value;
    }
}
