package dev.roster.server.security;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name name of the user; {@link #ANONYMOUS} when security is switched off
 * @param role what the caller may do: the role of the user, or the lesser one of the token
 * @param means how the caller has shown who it is
 * @param address IP address that the request came from
 * @param token the token used, null for other means
 */
public record Caller(String name, Role role, Means means, String address, @Nullable TokenId token) {

    /** Name of the caller when security is switched off; no user can have it. */
    public static final String ANONYMOUS = "(anonymous)";

    /** How a caller has shown who it is. */
    public enum Means {
        PASSWORD, TOKEN, NONE
    }

    /**
     * Refuses the caller unless its role is at least the one needed.
     *
     * @throws ForbiddenException if it is less
     */
    public void require(Role needed) {
        if (!role.includes(needed)) {
            throw new ForbiddenException(needed, role);
        }
    }
}
