package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;

/** Users and tokens over HTTP. */
record HttpSecurity(Session session) implements SecurityOperations {

    @Override
    public Identity identity() {
        return session.ask(Call.read(new Call.Path("/identity")), Identity.class);
    }

    @Override
    public Page<User> users(PageRequest page) {
        return session.askPage(Call.read(new Call.Path("/users").pageWithoutPrefix(page)), User.class);
    }

    @Override
    public User putUser(String name, UserRequest request) {
        return session.ask(Call.idempotent("PUT", new Call.Path("/users").segment("name", name), request), User.class);
    }

    @Override
    public void deleteUser(String name) {
        session.tell(Call.idempotent("DELETE", new Call.Path("/users").segment("name", name), null));
    }

    @Override
    public IssuedToken issueToken(TokenRequest request) {
        return session.ask(Call.unrepeatable("POST", new Call.Path("/tokens"), request), IssuedToken.class);
    }

    @Override
    public Page<Token> tokens(PageRequest page) {
        return session.askPage(Call.read(new Call.Path("/tokens").pageWithoutPrefix(page)), Token.class);
    }

    @Override
    public void revokeToken(String id) {
        session.tell(Call.idempotent("DELETE", new Call.Path("/tokens").segment("id", id), null));
    }

    @Override
    public void revokeCurrentToken() {
        revokeToken("current");
    }
}
