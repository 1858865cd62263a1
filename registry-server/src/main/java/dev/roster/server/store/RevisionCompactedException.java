package dev.roster.server.store;

/** A revision is no longer kept. */
public final class RevisionCompactedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Revision oldest;

    /** Makes the exception. */
    public RevisionCompactedException(Revision oldest) {
        super("revision is compacted, the oldest kept is " + oldest.value());
        this.oldest = oldest;
    }

    /** Returns the oldest revision that is. */
    public Revision oldest() {
        return oldest;
    }
}
