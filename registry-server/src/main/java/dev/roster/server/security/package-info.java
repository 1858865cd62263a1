/**
 * Who calls, and what they may do: users, tokens, roles, access decisions and the audit log.
 *
 * <p>Edges turn credentials into a {@link dev.roster.server.security.Caller} through
 * {@link dev.roster.server.security.Authenticator}; features receive the caller. Nothing here knows HTTP or Spring; state is
 * kept in the replicated store, so that a revoked token is refused by every member as soon as the member has applied the
 * revocation.
 *
 * <p>Keys, all owned by this package:
 * <ul>
 * <li>{@code security/user/<name>}: a user with role and password hash
 * <li>{@code security/token/<SHA-256 of the secret, in hexadecimal>}: a token; the secret itself is nowhere
 * </ul>
 * What a role may do is decided in one place, {@link dev.roster.server.security.Caller#require}; permissions for a single
 * namespace will be a further argument of that method, so callers of it need not learn how the decision is made.
 */
@NullMarked
package dev.roster.server.security;

import org.jspecify.annotations.NullMarked;
