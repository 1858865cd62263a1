package dev.roster.server.web;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem that only the edge knows, such as a header that is not valid. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemReport report;

    /** Ends the request with this problem. */
    public ProblemException(ProblemReport report) {
        super(report.kind().code() + ": " + report.detail());
        this.report = report;
    }

    /**
     * Makes the exception for one invalid field.
     *
     * @param value what was given; null when it was absent or is secret
     */
    public static ProblemException invalidArgument(String field, @Nullable Object value, String expected) {
        return new ProblemException(ProblemReport.invalidArgument(field, value, expected));
    }

    /** Returns the problem. */
    public ProblemReport report() {
        return report;
    }
}
