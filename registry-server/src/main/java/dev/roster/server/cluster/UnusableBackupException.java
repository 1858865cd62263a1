package dev.roster.server.cluster;

/** A file can't be restored. Nothing was changed. */
public final class UnusableBackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Makes the exception.
     *
     * @param reason what is wrong with the file
     * @param action what to do about it
     */
    UnusableBackupException(String reason, String action) {
        super(reason);
        this.action = action;
    }

    /** Returns what to do about it. */
    public String action() {
        return action;
    }
}
