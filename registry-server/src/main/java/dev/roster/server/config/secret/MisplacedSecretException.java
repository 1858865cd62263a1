package dev.roster.server.config.secret;

import dev.roster.server.config.format.DocumentFlaw;

/** A document has a secret in a form or at a place that is not allowed. */
public final class MisplacedSecretException extends SecretException {
    private static final long serialVersionUID = 1L;

    private final transient SecretPlace place;
    private final transient DocumentFlaw flaw;

    MisplacedSecretException(SecretPlace place, DocumentFlaw flaw) {
        super("item " + place + ", line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem());
        this.place = place;
        this.flaw = flaw;
    }

    /** Returns the item. */
    public SecretPlace place() {
        return place;
    }

    /** Returns what is wrong; it has no part of a secret. */
    public DocumentFlaw flaw() {
        return flaw;
    }
}
