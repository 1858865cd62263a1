package dev.roster.server.security;

import org.jspecify.annotations.Nullable;

/** An argument is not of the form that is needed. Names the argument, what was given and what would be accepted. */
public final class InvalidArgumentException extends AccessException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final @Nullable String value;
    private final String expected;

    /**
     * Makes the exception.
     *
     * @param field name of the argument, as callers know it
     * @param value what was given; null when it was absent or is secret
     * @param expected what would be accepted, with range and unit
     */
    public InvalidArgumentException(String field, @Nullable Object value, String expected) {
        super(field + " is " + (value == null ? "missing or not valid" : "not valid") + ", expected " + expected);
        this.field = field;
        this.value = value == null ? null : value.toString();
        this.expected = expected;
    }

    /** Returns the name of the argument. */
    public String field() {
        return field;
    }

    /** Returns what was given, null when it was absent or is secret. */
    public @Nullable String value() {
        return value;
    }

    /** Returns what would be accepted. */
    public String expected() {
        return expected;
    }
}
