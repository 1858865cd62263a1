package dev.roster.server.security;

import java.util.Locale;

/** What a caller may do. Each role may do all that the one before it may. */
public enum Role {
    /** Reads services, configuration and the state of the cluster. */
    READER,
    /** An application: also registers, renews and deregisters instances. */
    APPLICATION,
    /** Also publishes, rolls back and deletes configuration, defines services and decides about instances. */
    EDITOR,
    /** Also manages users and the tokens of others. */
    ADMIN;

    /** Tells whether this role may do everything that another may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** Returns the name as people write it: in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
