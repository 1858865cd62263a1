package dev.roster.server.config.changeset;

/** There is no such change set, or it is no longer kept. */
public final class ChangeSetNotFoundException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    ChangeSetNotFoundException(ChangeSetKey key) {
        super(key, "no change set " + key);
    }
}
