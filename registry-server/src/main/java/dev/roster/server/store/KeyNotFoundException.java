package dev.roster.server.store;

/** A key that was to keep its value or its lease does not exist. Nothing was done. */
public final class KeyNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Key key;

    /** Makes the exception. */
    public KeyNotFoundException(Key key) {
        super("no key " + key);
        this.key = key;
    }

    /** Returns the key. */
    public Key key() {
        return key;
    }
}
