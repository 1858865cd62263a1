package dev.roster.server.config.transfer;

/** Items are there with other content, and the caller did not say what is to become of them. */
public final class ImportConflictException extends ImportException {
    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    ImportConflictException(ImportReport report, long count) {
        super(count + " items are there with other content");
        this.report = report;
    }

    /** Returns what would have become of each entry. */
    public ImportReport report() {
        return report;
    }
}
