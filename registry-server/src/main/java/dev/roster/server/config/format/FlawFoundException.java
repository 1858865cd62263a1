package dev.roster.server.config.format;

/** Ends the reading of a document at its first flaw; never leaves this package. */
final class FlawFoundException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String problem;

    /**
     * Makes the exception.
     *
     * @param offset place within the text of the document, in characters
     * @param problem what is wrong there, for a person
     */
    FlawFoundException(int offset, String problem) {
        super(problem, null, false, false);
        this.offset = offset;
        this.problem = problem;
    }

    /** Returns the flaw with its line and column. */
    DocumentFlaw in(String text, String expected) {
        return DocumentFlaw.at(text, offset, problem, expected);
    }
}
