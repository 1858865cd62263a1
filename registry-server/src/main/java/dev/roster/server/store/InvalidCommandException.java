package dev.roster.server.store;

/** A command or its argument is out of range. Nothing was done. */
public final class InvalidCommandException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String expected;

    /** Names the field, what was given and what would be accepted. */
    public InvalidCommandException(String field, Object value, String expected) {
        super(field + " is " + value + ", expected " + expected);
        this.field = field;
        this.value = String.valueOf(value);
        this.expected = expected;
    }

    /** Returns the name of the argument. */
    public String field() {
        return field;
    }

    /** Returns what was given. */
    public String value() {
        return value;
    }

    /** Returns what would be accepted. */
    public String expected() {
        return expected;
    }
}
