package dev.roster.server.config.transfer;

/** Why an import was not made. Nothing was changed. */
public abstract sealed class ImportException extends RuntimeException permits UnusableArchiveException,
        MalformedImportException, ImportConflictException, ImportBusyException, ImportNotFoundException {
    private static final long serialVersionUID = 1L;

    ImportException(String message) {
        super(message);
    }
}
