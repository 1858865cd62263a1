package dev.roster.server.config.transfer;

/** Some of what is to be imported is malformed. */
public final class MalformedImportException extends ImportException {
    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    MalformedImportException(ImportReport report, long count) {
        super(count + " entries of the archive cannot be imported");
        this.report = report;
    }

    /** Returns what would have become of each entry. */
    public ImportReport report() {
        return report;
    }
}
