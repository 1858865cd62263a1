package dev.roster.console.problems;

/** There is no page under this path. */
final class NoSuchPageException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
