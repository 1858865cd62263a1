package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;

/**
 * Users and tokens. Every method asks the server, blocks until the answer is there, may be called by any thread, and throws
 * a {@link RosterException}.
 */
public interface SecurityOperations {

    /** Returns who the server takes this client for. */
    Identity identity();

    /** Returns a page of the users, by name. Needs the role admin. */
    Page<User> users(PageRequest page);

    /** Makes a user or changes it. Needs the role admin, save for one's own password. */
    User putUser(String name, UserRequest request);

    /** Deletes a user and its tokens. Needs the role admin. */
    void deleteUser(String name);

    /** Issues a token of the calling user. Not repeated when the answer is lost. */
    IssuedToken issueToken(TokenRequest request);

    /** Returns a page of the caller's tokens; for an admin, of all. */
    Page<Token> tokens(PageRequest page);

    /** Ends a token. */
    void revokeToken(String id);

    /** Ends the token that this client uses. */
    void revokeCurrentToken();
}
