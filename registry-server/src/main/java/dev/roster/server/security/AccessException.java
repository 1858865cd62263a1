package dev.roster.server.security;

/** Why a request for access, or a change of users or tokens, was refused. Nothing was changed. */
public abstract sealed class AccessException extends RuntimeException permits UnauthenticatedException,
        ForbiddenException, TooManyAttemptsException, UserNotFoundException, TokenNotFoundException,
        LastAdminException, AccessConflictException, InvalidArgumentException {
    private static final long serialVersionUID = 1L;

    AccessException(String message) {
        super(message);
    }
}
