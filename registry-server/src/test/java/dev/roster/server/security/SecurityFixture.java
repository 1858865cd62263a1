package dev.roster.server.security;

import dev.roster.server.store.LocalReplicator;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A store of one member on the test's own thread, a clock that the test sets, and hashes that are quick. */
final class SecurityFixture implements InstantSource {
    static final String PASSWORD = "correct horse battery";
    static final Caller ADMIN = new Caller("root", Role.ADMIN, Caller.Means.PASSWORD, "192.0.2.1", null);

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    final SecureRandom random = new SecureRandom();
    final Store store = new ReplicatedStore(new LocalReplicator(Runnable::run, this), Runnable::run);
    final PasswordHasher hasher = new PasswordHasher(random, 1000);
    final Users users = new Users(store, hasher, this);
    final Tokens tokens = new Tokens(store, random, this);
    final StoreAuthenticator authenticator = new StoreAuthenticator(store, tokens, hasher, new AuditLog(), random, this,
            1);

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    User user(String name, Role role) {
        return users.put(ADMIN, new UserName(name), role, PASSWORD).user();
    }

    Caller logIn(String name, String password) {
        return logIn(name, password, "192.0.2.7");
    }

    Caller logIn(String name, String password, String address) {
        return authenticator.authenticate(new Credentials.Password(name, password), address);
    }

    Caller show(String secret) {
        return authenticator.authenticate(new Credentials.Bearer(secret), "192.0.2.7");
    }

    Tokens.Issued token(Caller caller, @Nullable Role role, @Nullable Duration ttl) {
        return tokens.issue(caller, "a test", role, ttl);
    }
}
