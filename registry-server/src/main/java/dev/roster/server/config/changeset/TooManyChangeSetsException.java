package dev.roster.server.config.changeset;

/** The namespace has as many open change sets as it may have. */
public final class TooManyChangeSetsException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    TooManyChangeSetsException(ChangeSetKey key) {
        super(key, "namespace " + key.namespace() + " has " + ChangeSets.MAX_OPEN + " open change sets");
    }
}
