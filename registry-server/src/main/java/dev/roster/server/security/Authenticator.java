package dev.roster.server.security;

import java.util.Optional;

/** Finds out who calls. May be used by any thread; checking a password takes a tenth of a second of processor time. */
public interface Authenticator {

    /**
     * Returns the caller that the credentials stand for.
     *
     * @param address IP address that the request came from
     * @throws UnauthenticatedException if they are not accepted
     * @throws TooManyAttemptsException if they were not even looked at
     */
    Caller authenticate(Credentials credentials, String address);

    /**
     * Returns the caller that the credentials stand for, if this member can tell at once. Empty says nothing about them.
     *
     * @param address IP address that the request came from
     */
    Optional<Caller> known(Credentials credentials, String address);

    /** Returns the caller of a request that shows nothing; empty when credentials are needed. */
    Optional<Caller> withoutCredentials(String address);

    /** Returns an authenticator that takes everybody for an admin: security is switched off. */
    static Authenticator open() {
        return new OpenAuthenticator();
    }
}
