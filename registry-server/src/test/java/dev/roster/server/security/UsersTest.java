package dev.roster.server.security;

import static dev.roster.server.security.SecurityFixture.ADMIN;
import static dev.roster.server.security.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static final NamespaceName SHOP = new NamespaceName("shop");

    private final SecurityFixture fixture = new SecurityFixture();
    private final Users users = fixture.users;

    @Test
    void makesAndChangesUsers() {
        Users.Change made = users.put(ADMIN, name("eve"), Role.READER, PASSWORD);
        Users.Change changed = users.put(ADMIN, name("eve"), Role.EDITOR, null);

        assertThat(made.created()).isTrue();
        assertThat(changed.created()).isFalse();
        assertThat(changed.user()).isEqualTo(new User(name("eve"), Role.EDITOR, made.user().createdAt()));
        assertThat(changed.revision()).isGreaterThan(made.revision());
        assertThat(fixture.logIn("eve", PASSWORD).role()).isEqualTo(Role.EDITOR);
    }

    @Test
    void keepsOfWhichNamespacesAUserMayReadSecrets() {
        SecretsRight some = SecretsRight.of(Set.of(SHOP, new NamespaceName("stock")));
        for (SecretsRight right : List.of(some, SecretsRight.EVERYWHERE, SecretsRight.NONE)) {
            users.put(ADMIN, name("eve"), Role.READER, PASSWORD, right);

            assertThat(users.put(ADMIN, name("eve"), Role.EDITOR, null).user().secrets()).isEqualTo(right);
            Caller caller = fixture.logIn("eve", PASSWORD);
            assertThat(caller.secrets()).isEqualTo(right);
            assertThat(caller.readsSecrets(SHOP)).isEqualTo(!right.isNone());
            assertThat(caller.readsSecrets(NamespaceName.DEFAULT)).isEqualTo(right.everywhere());
        }
        fixture.user("bob", Role.EDITOR);
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> users.put(fixture.logIn("bob", PASSWORD), name("bob"), null, null, some));
    }

    @Test
    void writesRightsAsMembersDidThatKnewNoNamespaces() {
        assertThat(stored(SecretsRight.NONE)).isEqualTo(1);
        assertThat(stored(SecretsRight.EVERYWHERE)).isEqualTo(2);
        assertThat(stored(SecretsRight.of(Set.of(SHOP)))).isEqualTo(3);
    }

    private int stored(SecretsRight right) {
        users.put(ADMIN, name("eve"), Role.READER, PASSWORD, right);
        return fixture.store.view().find(StoredUser.key(name("eve"))).orElseThrow().value().toBytes()[0];
    }

    @Test
    void keepsNoPasswordThatCanBeRead() {
        fixture.user("eve", Role.READER);

        byte[] stored = fixture.store.view().find(StoredUser.key(name("eve"))).orElseThrow().value().toBytes();

        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
    }

    @Test
    void hashesEqualPasswordsDifferently() {
        fixture.user("eve", Role.READER);
        fixture.user("bob", Role.READER);

        assertThat(stored("eve").password().hash()).isNotEqualTo(stored("bob").password().hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eleven char"})
    void refusesShortPasswords(String password) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> users.put(ADMIN, name("eve"), Role.READER, password))
                .satisfies(e -> assertThat(e.field()).isEqualTo("password"))
                .satisfies(e -> assertThat(e.value()).as("secret").isNull());
    }

    @Test
    void refusesOverlongPasswords() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> users.put(ADMIN, name("eve"), Role.READER, "x".repeat(201)));
    }

    @Test
    void refusesANewUserWithoutRoleOrPassword() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> users.put(ADMIN, name("eve"), null, PASSWORD))
                .satisfies(e -> assertThat(e.field()).isEqualTo("role"));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> users.put(ADMIN, name("eve"), Role.READER, null))
                .satisfies(e -> assertThat(e.field()).isEqualTo("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Eve", "e v", ".eve", "eve/..", "(anonymous)", "ève"})
    void refusesOtherNames(String name) {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new UserName(name));
    }

    @Test
    void refusesAnOverlongName() {
        assertThat(new UserName("a".repeat(63)).value()).hasSize(63);
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new UserName("a".repeat(64)));
    }

    @Test
    void letsUsersChangeTheirOwnPasswordOnly() {
        fixture.user("eve", Role.READER);
        fixture.user("bob", Role.READER);
        Caller eve = fixture.logIn("eve", PASSWORD);

        users.put(eve, name("eve"), null, "another fine password");

        assertThat(fixture.logIn("eve", "another fine password").name()).isEqualTo("eve");
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> users.put(eve, name("bob"), null, "another fine password"));
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> users.put(eve, name("eve"), Role.ADMIN, null));
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> users.put(eve, name("new"), null, "another fine password"));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> users.delete(eve, name("eve")));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> users.list(eve, 10, null));
    }

    @Test
    void doesNotLetALesserTokenTakeOverItsUser() {
        fixture.user("boss", Role.ADMIN);
        Tokens.Issued reader = fixture.token(fixture.logIn("boss", PASSWORD), Role.READER, null);

        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(
                () -> users.put(fixture.show(reader.secret()), name("boss"), null, "another fine password"));
    }

    @Test
    void keepsTheLastAdmin() {
        fixture.user("boss", Role.ADMIN);
        fixture.user("eve", Role.EDITOR);

        assertThatExceptionOfType(LastAdminException.class).isThrownBy(() -> users.delete(ADMIN, name("boss")));
        assertThatExceptionOfType(LastAdminException.class)
                .isThrownBy(() -> users.put(ADMIN, name("boss"), Role.EDITOR, null));

        users.put(ADMIN, name("eve"), Role.ADMIN, null);
        users.delete(ADMIN, name("boss"));
        assertThatExceptionOfType(LastAdminException.class).isThrownBy(() -> users.delete(ADMIN, name("eve")));
    }

    @Test
    void keepsAnAdminWhenTheLastTwoLeaveAtOnce() {
        fixture.user("boss", Role.ADMIN);
        fixture.user("chief", Role.ADMIN);
        RacingStore racing = new RacingStore(fixture.store);
        Users slow = new Users(racing, fixture.hasher, fixture);
        racing.beforeNextCommit(() -> users.delete(ADMIN, name("chief")));

        assertThatExceptionOfType(LastAdminException.class).isThrownBy(() -> slow.delete(ADMIN, name("boss")));
        assertThat(names(users.list(ADMIN, 10, null))).containsExactly("boss");
    }

    @Test
    void decidesAnewWhenOthersWereFaster() {
        RacingStore racing = new RacingStore(fixture.store);
        Users slow = new Users(racing, fixture.hasher, fixture);
        racing.beforeNextCommit(() -> fixture.user("eve", Role.READER));

        Users.Change change = slow.put(ADMIN, name("eve"), Role.EDITOR, PASSWORD);

        assertThat(change.created()).as("the other one made it").isFalse();
        assertThat(change.user().role()).isEqualTo(Role.EDITOR);
    }

    @Test
    void saysThatAUserToDeleteIsNotThere() {
        assertThatExceptionOfType(UserNotFoundException.class).isThrownBy(() -> users.delete(ADMIN, name("eve")));
    }

    @Test
    void listsInPagesOfOneRevision() {
        List.of("a", "b", "c-1", "c.2", "d").forEach(name -> fixture.user(name, Role.ADMIN));

        Slice<User> first = users.list(ADMIN, 2, null);
        users.delete(ADMIN, name("c-1"));
        Slice<User> second = users.list(ADMIN, 2, new Position(first.revision(), first.last()));
        Slice<User> third = users.list(ADMIN, 2, new Position(second.revision(), second.last()));

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("c-1", "c.2");
        assertThat(names(third)).containsExactly("d");
        assertThat(third.last()).isNull();
        assertThat(third.revision()).isEqualTo(first.revision());
    }

    private StoredUser stored(String name) {
        return StoredUser.find(fixture.store.view(), name(name)).orElseThrow();
    }

    private static UserName name(String name) {
        return new UserName(name);
    }

    private static List<String> names(Slice<User> slice) {
        return slice.items().stream().map(user -> user.name().value()).toList();
    }
}
