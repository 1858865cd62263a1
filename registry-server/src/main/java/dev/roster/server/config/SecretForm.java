package dev.roster.server.config;

/** How secrets are shown. */
public enum SecretForm {
    /** Each one as the same mask. */
    MASKED,
    /** As they are stored, encrypted: may be given back in place of the secret. */
    CIPHER,
    /** As their author wrote them. */
    PLAIN
}
