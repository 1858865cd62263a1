package dev.roster.server.config.transfer;

/** This member makes another import at the moment. */
public final class ImportBusyException extends ImportException {
    private static final long serialVersionUID = 1L;

    ImportBusyException() {
        super("another import is under way on this member");
    }
}
