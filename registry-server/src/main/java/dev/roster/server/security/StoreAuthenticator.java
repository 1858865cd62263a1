package dev.roster.server.security;

import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks callers up among {@link Users} and {@link Tokens} in this member's replica. What it does not find there it looks
 * for once more in a linearizable view, since it may have been made on another member a moment ago; without a leader the
 * replica must do.
 *
 * <p>Passwords cost much to check, so only {@code permits} are checked at once, right ones are remembered, and wrong ones
 * are counted by user and by address.
 */
public final class StoreAuthenticator implements Authenticator {

    /** Failed log-ins for a user within a minute; ten guesses a minute take a good password's lifetime and more. */
    static final int FAILURES_PER_USER = 10;

    /** Failed log-ins from an address within a minute; more than for a user, since many may share one address. */
    static final int FAILURES_PER_ADDRESS = 50;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Store store;
    private final Tokens tokens;
    private final PasswordHasher hasher;
    private final AuditLog audit;
    private final VerifiedPasswords verified;
    private final FailedLogins byUser;
    private final FailedLogins byAddress;
    private final Semaphore permits;

    /**
     * Makes an authenticator.
     *
     * @param permits how many passwords are checked at once, 1 or more
     */
    public StoreAuthenticator(Store store, Tokens tokens, PasswordHasher hasher, AuditLog audit, SecureRandom random,
            InstantSource clock, int permits) {
        this.store = store;
        this.tokens = tokens;
        this.hasher = hasher;
        this.audit = audit;
        this.verified = new VerifiedPasswords(random, clock);
        this.byUser = new FailedLogins(FAILURES_PER_USER, clock);
        this.byAddress = new FailedLogins(FAILURES_PER_ADDRESS, clock);
        this.permits = new Semaphore(permits);
    }

    @Override
    public Optional<Caller> withoutCredentials(String address) {
        return Optional.empty();
    }

    @Override
    public Caller authenticate(Credentials credentials, String address) {
        return switch (credentials) {
            case Credentials.Bearer bearer -> byToken(bearer, address);
            case Credentials.Password password -> byPassword(password, address);
        };
    }

    @Override
    public Optional<Caller> known(Credentials credentials, String address) {
        return switch (credentials) {
            case Credentials.Bearer bearer -> TokenSecret.parse(bearer.secret())
                    .flatMap(secret -> tokens.findCaller(store.view(), secret, address));
            case Credentials.Password password -> knownByPassword(password, address);
        };
    }

    private Optional<Caller> knownByPassword(Credentials.Password credentials, String address) {
        StoredUser known = find(store.view(), credentials);
        return known != null && verified.contains(credentials, known.modified())
                ? Optional.of(caller(known.user(), address))
                : Optional.empty();
    }

    private Caller byToken(Credentials.Bearer bearer, String address) {
        return TokenSecret.parse(bearer.secret())
                .flatMap(secret -> tokens.findCaller(store.view(), secret, address)
                        .or(() -> tokens.findCaller(freshView(), secret, address)))
                .orElseThrow(() -> new UnauthenticatedException("The token is unknown, expired or revoked"));
    }

    private Caller byPassword(Credentials.Password credentials, String address) {
        Optional<Caller> known = knownByPassword(credentials, address);
        if (known.isPresent()) {
            return known.get();
        }
        checkFailures(credentials, address);
        acquirePermit();
        try {
            // Again: others that waited with this one may have failed meanwhile.
            checkFailures(credentials, address);
            return verify(credentials, address);
        } finally {
            permits.release();
        }
    }

    private Caller verify(Credentials.Password credentials, String address) {
        StoredUser user = find(freshView(), credentials);
        if (hasher.matches(credentials.password(), user == null ? null : user.password()) && user != null) {
            byUser.succeeded(countedAs(credentials));
            verified.add(credentials, user.modified());
            return caller(user.user(), address);
        }
        byUser.failed(countedAs(credentials));
        byAddress.failed(address);
        audit.refused(credentials.user(), address, "unauthenticated");
        throw new UnauthenticatedException("Name or password is not right");
    }

    private void checkFailures(Credentials.Password credentials, String address) {
        byUser.check(countedAs(credentials));
        byAddress.check(address);
    }

    /** Names that no user can have are counted as one: they can be long, and there is nobody to protect. */
    private static String countedAs(Credentials.Password credentials) {
        return UserName.isValid(credentials.user()) ? credentials.user() : "?";
    }

    private void acquirePermit() {
        try {
            if (permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TooManyAttemptsException(LONGEST_WAIT);
    }

    private static @Nullable StoredUser find(ReadView view, Credentials.Password credentials) {
        boolean possible = UserName.isValid(credentials.user())
                && credentials.password().length() <= PasswordHasher.MAX_CHARACTERS;
        return possible ? StoredUser.find(view, new UserName(credentials.user())).orElse(null) : null;
    }

    private ReadView freshView() {
        try {
            return Outcome.await(store.linearizableView());
        } catch (StoreException e) {
            return store.view();
        }
    }

    private static Caller caller(User user, String address) {
        return new Caller(user.name().value(), user.role(), Caller.Means.PASSWORD, address, null,
                user.secrets());
    }
}
