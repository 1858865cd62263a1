package dev.roster.console.session;

import dev.roster.api.security.Role;

/** A page was asked for that the user's role can make no use of. */
public final class RoleTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RoleTooSmallException(Role needed, Role held) {
        super("needs role " + needed + ", has role " + held);
    }
}
