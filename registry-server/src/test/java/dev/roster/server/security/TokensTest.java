package dev.roster.server.security;

import static dev.roster.server.security.SecurityFixture.ADMIN;
import static dev.roster.server.security.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final NamespaceName SHOP = new NamespaceName("shop");
    private static final NamespaceName STOCK = new NamespaceName("stock");

    private final SecurityFixture fixture = new SecurityFixture();
    private final Tokens tokens = fixture.tokens;

    @BeforeEach
    void makeUsers() {
        fixture.user("boss", Role.ADMIN);
        fixture.user("eve", Role.EDITOR);
        fixture.user("bob", Role.READER);
    }

    @Test
    void standsForItsUserWithItsOwnRole() {
        Tokens.Issued issued = fixture.token(caller("eve"), Role.APPLICATION, null);

        Caller caller = fixture.show(issued.secret());

        assertThat(caller).isEqualTo(
                new Caller("eve", Role.APPLICATION, Caller.Means.TOKEN, "192.0.2.7", issued.token().id()));
        assertThat(issued.secret()).matches("rst_[A-Za-z0-9_-]{43}");
    }

    @Test
    void readsSecretsOfNamespacesThatItsUserMayRead() {
        SecretsRight shop = SecretsRight.of(Set.of(SHOP));
        SecretsRight both = SecretsRight.of(Set.of(SHOP, STOCK));
        fixture.users.put(ADMIN, new UserName("eve"), null, null, both);
        Caller eve = fixture.logIn("eve", PASSWORD);

        String ofShop = issue(eve, shop).secret();
        String ofBoth = issue(eve, both).secret();
        for (SecretsRight more : List.of(SecretsRight.EVERYWHERE,
                SecretsRight.of(Set.of(SHOP, NamespaceName.DEFAULT)))) {
            assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> issue(eve, more));
        }
        assertThatExceptionOfType(ForbiddenException.class)
                .as("a token gives no more than it has").isThrownBy(() -> issue(fixture.show(ofShop), both));
        assertThat(fixture.show(ofShop).secrets()).isEqualTo(shop);
        assertThat(fixture.show(ofBoth).secrets()).isEqualTo(both);

        fixture.users.put(ADMIN, new UserName("eve"), null, null, SecretsRight.of(Set.of(STOCK)));
        assertThat(fixture.show(ofShop).secrets()).isEqualTo(SecretsRight.NONE);
        assertThat(fixture.show(ofBoth).secrets()).isEqualTo(SecretsRight.of(Set.of(STOCK)));
        fixture.users.put(ADMIN, new UserName("eve"), null, null, SecretsRight.EVERYWHERE);
        assertThat(fixture.show(ofShop).secrets()).isEqualTo(shop);
        String ofAll = issue(fixture.logIn("boss", PASSWORD), SecretsRight.EVERYWHERE).secret();
        assertThat(fixture.show(ofAll).readsSecrets(NamespaceName.DEFAULT)).as("an admin gives any right").isTrue();
    }

    private Tokens.Issued issue(Caller caller, SecretsRight secrets) {
        return tokens.issue(caller, "a test", null, null, secrets);
    }

    @Test
    void keepsNoSecret() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, null);

        List<KeyValue> stored = fixture.store.view().read(StoredToken.ALL, 10).keys();

        assertThat(stored).singleElement().satisfies(entry -> {
            String all = entry.key().utf8() + new String(entry.value().toBytes(), StandardCharsets.ISO_8859_1);
            assertThat(all).doesNotContain(issued.secret().substring(4, 20));
        });
        assertThat(issued.toString()).doesNotContain(issued.secret());
    }

    @Test
    void endsWhenItsTimeIsOver() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, Duration.ofMinutes(1));

        fixture.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(fixture.show(issued.secret()).name()).isEqualTo("eve");

        fixture.advance(Duration.ofNanos(1));
        refuses(issued);
        assertThat(tokens.list(ADMIN, 10, null).items()).isEmpty();
    }

    @Test
    void livesForTwelveHoursUnlessSaidOtherwise() {
        Token token = fixture.token(caller("eve"), null, null).token();

        assertThat(Duration.between(token.createdAt(), token.expiresAt())).isEqualTo(Duration.ofHours(12));
        assertThat(token.role()).isEqualTo(Role.EDITOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.9S", "PT0S", "-PT1H", "P366DT1S"})
    void refusesOtherTimes(Duration ttl) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> fixture.token(caller("eve"), null, ttl))
                .satisfies(e -> assertThat(e.field()).isEqualTo("ttl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines"})
    void refusesOtherDescriptions(String description) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> tokens.issue(caller("eve"), description, null, null));
    }

    @Test
    void neverGetsMoreThanItsMaker() {
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> fixture.token(caller("eve"), Role.ADMIN, null));
        Caller lesser = fixture.show(fixture.token(caller("boss"), Role.READER, null).secret());
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> fixture.token(lesser, Role.APPLICATION, null));
    }

    @Test
    void losesWhatItsUserLoses() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, null);

        fixture.users.put(ADMIN, new UserName("eve"), Role.READER, null);

        assertThat(fixture.show(issued.secret()).role()).isEqualTo(Role.READER);
    }

    @Test
    void endsWithItsUserAndDoesNotComeBack() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, null);

        fixture.users.delete(ADMIN, new UserName("eve"));
        refuses(issued);
        assertThat(fixture.store.view().count(StoredToken.ALL)).isZero();

        fixture.user("eve", Role.EDITOR);
        refuses(issued);
    }

    @Test
    void isNotMadeForAUserWhoIsGone() {
        Caller eve = caller("eve");
        fixture.users.delete(ADMIN, new UserName("eve"));

        assertThatExceptionOfType(AccessConflictException.class).isThrownBy(() -> fixture.token(eve, null, null));
    }

    @Test
    void isNotMadeWhenSecurityIsOff() {
        Caller anybody = Authenticator.open().withoutCredentials("127.0.0.1").orElseThrow();

        assertThatExceptionOfType(AccessConflictException.class).isThrownBy(() -> fixture.token(anybody, null, null));
    }

    @Test
    void isRevokedByItsUser() {
        Tokens.Issued issued = fixture.token(caller("bob"), null, null);

        long revision = tokens.revoke(caller("bob"), issued.token().id());

        assertThat(revision).isGreaterThan(issued.revision());
        refuses(issued);
        assertThatExceptionOfType(TokenNotFoundException.class)
                .isThrownBy(() -> tokens.revoke(caller("bob"), issued.token().id()));
    }

    @Test
    void isNobodyElsesToRevokeButAnAdmins() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, null);

        assertThatExceptionOfType(TokenNotFoundException.class)
                .isThrownBy(() -> tokens.revoke(caller("bob"), issued.token().id()));
        tokens.revoke(caller("boss"), issued.token().id());
        refuses(issued);
    }

    @Test
    void mayEndItselfButNotAStrongerOne() {
        Tokens.Issued strong = fixture.token(caller("eve"), Role.EDITOR, null);
        Tokens.Issued weak = fixture.token(caller("eve"), Role.READER, null);

        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> tokens.revoke(fixture.show(weak.secret()), strong.token().id()));
        tokens.revoke(fixture.show(weak.secret()), weak.token().id());
        refuses(weak);
    }

    @Test
    void mayEndItselfAfterItsUserLostRights() {
        Tokens.Issued issued = fixture.token(caller("eve"), null, null);
        fixture.users.put(ADMIN, new UserName("eve"), Role.READER, null);

        tokens.revoke(fixture.show(issued.secret()), issued.token().id());

        refuses(issued);
    }

    @Test
    void listsTheOwnOnesInPages() {
        for (int i = 0; i < 5; i++) {
            fixture.token(caller("eve"), null, null);
            fixture.token(caller("bob"), null, null);
        }

        assertThat(all(caller("bob"), 2)).hasSize(5).allSatisfy(
                token -> assertThat(token.user()).isEqualTo(new UserName("bob")));
        assertThat(all(caller("boss"), 3)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void boundsHowManyAUserHas() {
        Caller eve = caller("eve");
        for (int i = 0; i < Tokens.MAX_PER_USER; i++) {
            fixture.token(eve, null, Duration.ofMinutes(1));
        }

        assertThatExceptionOfType(AccessConflictException.class).isThrownBy(() -> fixture.token(eve, null, null))
                .withMessageContaining("1000");
        fixture.token(caller("bob"), null, null);

        fixture.advance(Duration.ofMinutes(1));
        fixture.token(eve, null, null);
        assertThat(fixture.store.view().count(StoredToken.ALL)).as("expired ones go away").isLessThan(1000);
    }

    private List<Token> all(Caller caller, int limit) {
        List<Token> all = new ArrayList<>();
        @Nullable
        Position position = null;
        do {
            Slice<Token> slice = tokens.list(caller, limit, position);
            assertThat(slice.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(slice.items());
            position = slice.last() == null ? null : new Position(slice.revision(), slice.last());
        } while (position != null);
        return all;
    }

    private Caller caller(String name) {
        return fixture.logIn(name, PASSWORD);
    }

    private void refuses(Tokens.Issued issued) {
        assertThatExceptionOfType(UnauthenticatedException.class).isThrownBy(() -> fixture.show(issued.secret()));
    }
}
