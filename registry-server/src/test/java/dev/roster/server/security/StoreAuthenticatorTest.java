package dev.roster.server.security;

import static dev.roster.server.security.SecurityFixture.ADMIN;
import static dev.roster.server.security.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAuthenticatorTest {
    private static final String WRONG = "wrong horse battery";

    private final SecurityFixture fixture = new SecurityFixture();

    @BeforeEach
    void makeUser() {
        fixture.user("eve", Role.EDITOR);
    }

    @Test
    void knowsAUserByThePassword() {
        assertThat(fixture.logIn("eve", PASSWORD))
                .isEqualTo(new Caller("eve", Role.EDITOR, Caller.Means.PASSWORD, "192.0.2.7", null));
    }

    @Test
    void demandsCredentials() {
        assertThat(fixture.authenticator.withoutCredentials("192.0.2.7")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve", "nobody", "NOT A NAME", ""})
    void doesAsMuchWorkForUsersThatThereAreNot(String name) {
        long before = fixture.hasher.computations();

        refuses(name, WRONG);

        assertThat(fixture.hasher.computations()).isEqualTo(before + 1);
    }

    @Test
    void doesAsMuchWorkForOverlongPasswords() {
        long before = fixture.hasher.computations();

        refuses("eve", "x".repeat(5000));

        assertThat(fixture.hasher.computations()).isEqualTo(before + 1);
    }

    @Test
    void remembersARightPasswordForAMinute() {
        fixture.logIn("eve", PASSWORD);
        long before = fixture.hasher.computations();

        fixture.advance(VerifiedPasswords.LIFETIME.minusNanos(1));
        fixture.logIn("eve", PASSWORD);
        assertThat(fixture.hasher.computations()).isEqualTo(before);

        fixture.advance(Duration.ofNanos(1));
        fixture.logIn("eve", PASSWORD);
        assertThat(fixture.hasher.computations()).isEqualTo(before + 1);
    }

    @Test
    void forgetsARememberedPasswordWhenItChanges() {
        fixture.logIn("eve", PASSWORD);

        fixture.users.put(ADMIN, new UserName("eve"), null, "another fine password");

        refuses("eve", PASSWORD);
    }

    @Test
    void forgetsARememberedPasswordWhenTheUserGoes() {
        fixture.user("boss", Role.ADMIN);
        fixture.logIn("eve", PASSWORD);

        fixture.users.delete(ADMIN, new UserName("eve"));

        refuses("eve", PASSWORD);
    }

    @Test
    void usesTheRoleOfNowForARememberedPassword() {
        fixture.logIn("eve", PASSWORD);

        fixture.users.put(ADMIN, new UserName("eve"), Role.READER, null);

        assertThat(fixture.logIn("eve", PASSWORD).role()).isEqualTo(Role.READER);
    }

    @Test
    void looksAtNothingAfterTooManyFailuresForAUser() {
        for (int i = 0; i < StoreAuthenticator.FAILURES_PER_USER; i++) {
            refuses("eve", WRONG, "192.0.2." + i);
        }
        long before = fixture.hasher.computations();

        assertThatExceptionOfType(TooManyAttemptsException.class)
                .isThrownBy(() -> fixture.logIn("eve", PASSWORD, "192.0.2.99"))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(FailedLogins.WINDOW));
        assertThat(fixture.hasher.computations()).isEqualTo(before);

        fixture.advance(FailedLogins.WINDOW);
        assertThat(fixture.logIn("eve", PASSWORD).name()).isEqualTo("eve");
    }

    @Test
    void looksAtNothingAfterTooManyFailuresFromAnAddress() {
        for (int i = 0; i < StoreAuthenticator.FAILURES_PER_ADDRESS; i++) {
            refuses("user-" + i, WRONG, "198.51.100.1");
        }

        assertThatExceptionOfType(TooManyAttemptsException.class)
                .isThrownBy(() -> fixture.logIn("eve", PASSWORD, "198.51.100.1"));
        assertThat(fixture.logIn("eve", PASSWORD, "198.51.100.2").name()).isEqualTo("eve");
    }

    @Test
    void doesNotLockOutWhoHasSignedInAlready() {
        fixture.logIn("eve", PASSWORD);
        for (int i = 0; i < StoreAuthenticator.FAILURES_PER_USER; i++) {
            refuses("eve", WRONG, "192.0.2." + i);
        }

        assertThat(fixture.logIn("eve", PASSWORD).name()).isEqualTo("eve");
    }

    @Test
    void startsCountingAnewAfterSuccess() {
        for (int i = 0; i < StoreAuthenticator.FAILURES_PER_USER - 1; i++) {
            refuses("eve", WRONG);
        }
        fixture.logIn("eve", PASSWORD);

        refuses("eve", WRONG);
        refuses("eve", WRONG);
    }

    @Test
    void goesOnWithoutALeader() {
        RacingStore leaderless = new RacingStore(fixture.store);
        leaderless.failLinearizableReads(new StoreUnavailableException(Duration.ofSeconds(1)));
        Tokens.Issued token = fixture.token(fixture.logIn("eve", PASSWORD), null, null);
        StoreAuthenticator authenticator = new StoreAuthenticator(leaderless, fixture.tokens, fixture.hasher,
                new AuditLog(), fixture.random, fixture, 1);

        assertThat(authenticator.authenticate(new Credentials.Password("eve", PASSWORD), "192.0.2.7").name())
                .isEqualTo("eve");
        assertThat(authenticator.authenticate(new Credentials.Bearer(token.secret()), "192.0.2.7").name())
                .isEqualTo("eve");
        assertThatExceptionOfType(UnauthenticatedException.class).isThrownBy(() -> authenticator
                .authenticate(new Credentials.Bearer("rst_" + "A".repeat(43)), "192.0.2.7"));
    }

    @Test
    void boundsTheTableOfFailures() {
        FailedLogins failures = new FailedLogins(1, fixture);

        for (int i = 0; i < FailedLogins.MAX_ENTRIES + 10; i++) {
            failures.failed("user-" + i);
        }

        assertThat(failures.size()).isEqualTo(FailedLogins.MAX_ENTRIES);
        assertThatExceptionOfType(TooManyAttemptsException.class)
                .isThrownBy(() -> failures.check("user-" + FailedLogins.MAX_ENTRIES));
    }

    @Test
    void boundsTheRememberedPasswords() {
        VerifiedPasswords verified = new VerifiedPasswords(fixture.random, fixture);

        for (int i = 0; i < VerifiedPasswords.MAX_ENTRIES + 10; i++) {
            verified.add(new Credentials.Password("user-" + i, PASSWORD), dev.roster.server.store.Revision.ZERO);
        }

        assertThat(verified.size()).isEqualTo(VerifiedPasswords.MAX_ENTRIES);
    }

    @Test
    void tellsNamesAndPasswordsApart() {
        VerifiedPasswords verified = new VerifiedPasswords(fixture.random, fixture);
        verified.add(new Credentials.Password("ab", "c"), dev.roster.server.store.Revision.ZERO);

        assertThat(verified.contains(new Credentials.Password("a", "bc"), dev.roster.server.store.Revision.ZERO))
                .isFalse();
    }

    @Test
    void printsNoSecrets() {
        assertThat(new Credentials.Password("eve", PASSWORD).toString()).doesNotContain(PASSWORD);
        assertThat(new Credentials.Bearer("rst_secret").toString()).doesNotContain("rst_secret");
        assertThat(fixture.hasher.hash(PASSWORD).toString()).isEqualTo("PasswordHash[***]");
    }

    private void refuses(String name, String password) {
        refuses(name, password, "192.0.2.7");
    }

    private void refuses(String name, String password, String address) {
        assertThatExceptionOfType(UnauthenticatedException.class)
                .isThrownBy(() -> fixture.logIn(name, password, address))
                .withMessage("Name or password is not right");
    }
}
