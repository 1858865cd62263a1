package dev.roster.client;

import dev.roster.api.Problem;

/** The server refused the call and changed nothing. */
public final class RosterRejectedException extends RosterException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Makes the exception for what the server answered. */
    public RosterRejectedException(Problem problem) {
        super(problem.code() + " (" + problem.status() + "): " + problem.detail(), null);
        this.problem = problem;
    }

    /** Returns what the server answered. An answer that is no problem document has the code {@code unexpected-answer}. */
    public Problem problem() {
        return problem;
    }

    /** Tells whether the problem is of a kind, such as {@code version-mismatch}. */
    public boolean is(String code) {
        return problem.code().equals(code);
    }
}
