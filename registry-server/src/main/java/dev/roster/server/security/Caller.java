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
 * @param secrets of which namespaces the caller may read the secrets of configuration
 */
public record Caller(String name, Role role, Means means, String address, @Nullable TokenId token,
        SecretsRight secrets) {

    /** Name of the caller when security is switched off; no user can have it. */
    public static final String ANONYMOUS = "(anonymous)";

    /** Makes a caller that may read no secrets. */
    public Caller(String name, Role role, Means means, String address, @Nullable TokenId token) {
        this(name, role, means, address, token, SecretsRight.NONE);
    }

    /** How a caller has shown who it is. */
    public enum Means {
        PASSWORD, TOKEN, NONE
    }

    /**
     * Tells whether the caller may read the secrets of a namespace. It is a right of its own: no role has it, so who
     * administers does not see the passwords of others by the way.
     */
    public boolean readsSecrets(NamespaceName namespace) {
        return secrets.includes(namespace);
    }

    /**
     * Refuses the caller unless it may read the secrets of a namespace.
     *
     * @throws ForbiddenException if it may not
     */
    public void requireSecrets(NamespaceName namespace) {
        requireSecrets(namespace, "namespace " + namespace);
    }

    /**
     * Refuses the caller unless it may read the secrets of a namespace.
     *
     * @param of what they are needed of, such as {@code item shop/orders}
     * @throws ForbiddenException if it may not
     */
    public void requireSecrets(NamespaceName namespace, String of) {
        if (!readsSecrets(namespace)) {
            throw ForbiddenException.ofSecrets(role, of);
        }
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
