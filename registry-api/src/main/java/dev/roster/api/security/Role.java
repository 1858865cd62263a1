package dev.roster.api.security;

/** What a user or token may do; each role may do all that the one before may. On the wire in lower case. */
public enum Role {
    /** Reads services and configuration. */
    READER,
    /** An application: also registers, renews and deregisters instances. */
    APPLICATION,
    /** Also publishes, rolls back and deletes configuration. */
    EDITOR,
    /** Also manages users and tokens. */
    ADMIN
}
