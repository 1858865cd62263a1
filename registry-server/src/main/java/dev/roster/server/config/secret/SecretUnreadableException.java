package dev.roster.server.config.secret;

/** A stored secret does not decrypt: it was damaged, or moved there by something other than this server. */
public final class SecretUnreadableException extends SecretException {
    private static final long serialVersionUID = 1L;

    private final transient SecretPlace place;
    private final String path;

    SecretUnreadableException(SecretPlace place, String path, String why) {
        super("the secret " + path + " of item " + place + " does not decrypt: " + why);
        this.place = place;
        this.path = path;
    }

    /** Returns the item. */
    public SecretPlace place() {
        return place;
    }

    /** Returns the path of the property, empty in formats without paths. */
    public String path() {
        return path;
    }
}
