package dev.roster.server.config.transfer;

/** An archive that is not read any further: damaged, too large, or made to do harm. */
public final class UnusableArchiveException extends ImportException {
    private static final long serialVersionUID = 1L;

    private final String entry;
    private final String problem;
    private final String expected;

    /**
     * Refuses an archive.
     *
     * @param entry which entry, empty if it is the archive as a whole
     * @param problem what is wrong
     * @param expected what would be accepted
     */
    UnusableArchiveException(String entry, String problem, String expected) {
        super((entry.isEmpty() ? "the archive" : entry) + " " + problem + ", expected " + expected);
        this.entry = entry;
        this.problem = problem;
        this.expected = expected;
    }

    /** Returns which entry, empty if it is the archive as a whole. */
    public String entry() {
        return entry;
    }

    /** Returns what is wrong. */
    public String problem() {
        return problem;
    }

    /** Returns what would be accepted. */
    public String expected() {
        return expected;
    }
}
