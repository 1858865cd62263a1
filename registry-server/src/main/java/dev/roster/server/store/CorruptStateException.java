package dev.roster.server.store;

/** Bytes that should be commands, results or state are damaged, or of a version that this program does not know. */
public final class CorruptStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and where, as an offset in bytes when it is known. */
    public CorruptStateException(String message) {
        super(message);
    }
}
