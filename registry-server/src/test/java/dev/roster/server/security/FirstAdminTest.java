package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.security.FirstAdmin.Settled;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdminTest {
    private final SecurityFixture fixture = new SecurityFixture();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("admin-password");
    }

    @Test
    void isMadeOnceWithARandomPassword() throws IOException {
        Settled settled = admin(fixture.store, file).ensure();

        assertThat(settled).isInstanceOfSatisfying(Settled.Created.class, created -> {
            assertThat(created.password()).hasSize(24);
            assertThat(created.file()).isEqualTo(file);
            assertThat(created.toString()).doesNotContain(created.password());
            assertThat(fixture.logIn("admin", created.password()).role()).isEqualTo(Role.ADMIN);
        });
        assertThat(admin(fixture.store, file).ensure()).isEqualTo(new Settled.Present(Optional.of(file)));
    }

    @Test
    void leavesThePasswordInAFileForItsOwnerOnly() throws IOException {
        Settled settled = admin(fixture.store, file).ensure();

        assertThat(Files.readString(file)).isEqualTo(((Settled.Created) settled).password() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void isNotProposedBeforeThePasswordIsOnDisk() {
        Path nowhere = directory.resolve("missing").resolve("admin-password");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> admin(fixture.store, nowhere).ensure());

        assertThat(fixture.store.view().revision().value()).isZero();
    }

    @Test
    void usesThePasswordOfAnInterruptedStart() throws IOException {
        Files.writeString(file, "written before a crash\n");

        Settled settled = admin(fixture.store, file).ensure();

        assertThat(settled).isEqualTo(new Settled.Created("written before a crash", file));
        assertThat(fixture.logIn("admin", "written before a crash").name()).isEqualTo("admin");
    }

    @Test
    void survivesACrashBetweenProposalAndAnswer() throws IOException {
        RacingStore store = new RacingStore(fixture.store);
        store.loseNextAnswer(() -> {});

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> admin(store, file).ensure());
        Settled after = admin(store, file).ensure();

        assertThat(after).isEqualTo(new Settled.Present(Optional.of(file)));
        assertThat(fixture.logIn("admin", Files.readString(file).strip()).name()).isEqualTo("admin");
    }

    @Test
    void proposesTheSamePasswordAgainWhenAnEarlierProposalMayComeLate() throws IOException {
        String[] seen = new String[1];
        RacingStore store = new RacingStore(fixture.store);
        store.beforeNextCommit(() -> {
            seen[0] = read();
            throw new OutcomeUnknownException("crashed before the proposal was applied");
        });

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> admin(store, file).ensure());
        admin(store, file).ensure();

        assertThat(read()).isEqualTo(seen[0]);
        assertThat(fixture.logIn("admin", seen[0]).name()).isEqualTo("admin");
    }

    @Test
    void isMadeByOneMemberOnly() throws IOException {
        Path others = directory.resolve("others-password");
        RacingStore store = new RacingStore(fixture.store);
        store.beforeNextCommit(() -> ensure(admin(fixture.store, others)));

        Settled settled = admin(store, file).ensure();

        assertThat(settled).isEqualTo(new Settled.Present(Optional.empty()));
        assertThat(file).doesNotExist();
        assertThat(fixture.logIn("admin", Files.readString(others).strip()).name()).isEqualTo("admin");
        assertThat(fixture.store.view().revision().value()).isEqualTo(1);
    }

    @Test
    void isNotMadeWhenThereAreUsers() throws IOException {
        fixture.user("boss", Role.ADMIN);

        assertThat(admin(fixture.store, file).ensure()).isEqualTo(new Settled.Present(Optional.empty()));
        assertThat(file).doesNotExist();
        assertThatExceptionOfType(UnauthenticatedException.class).isThrownBy(() -> fixture.logIn("admin", ""));
    }

    @Test
    void forgetsThePasswordInTheFileOnceItWasChanged() throws IOException {
        admin(fixture.store, file).ensure();
        fixture.users.put(SecurityFixture.ADMIN, FirstAdmin.NAME, null, "another fine password");

        assertThat(admin(fixture.store, file).ensure()).isEqualTo(new Settled.Present(Optional.empty()));
        assertThat(file).doesNotExist();
    }

    @Test
    void takesThePasswordThatTheOperatorGives() throws IOException {
        Files.writeString(file, "chosen by the operator\r\nignored\n");
        FirstAdmin given = given(file);

        assertThat(given.ensure()).isInstanceOf(Settled.Created.class);
        assertThat(fixture.logIn("admin", "chosen by the operator").name()).isEqualTo("admin");

        fixture.users.put(SecurityFixture.ADMIN, FirstAdmin.NAME, null, "another fine password");
        given.ensure();
        assertThat(file).as("not ours to delete").exists();
    }

    @Test
    void waitsForThePasswordThatTheOperatorIsToGive() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> given(file).ensure());
        Files.writeString(file, "too short");
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> given(file).ensure());

        assertThat(fixture.store.view().revision().value()).isZero();
    }

    private FirstAdmin admin(Store store, Path path) {
        return new FirstAdmin(store, fixture.hasher, PasswordFile.generated(path, fixture.random), fixture);
    }

    private FirstAdmin given(Path path) {
        return new FirstAdmin(fixture.store, fixture.hasher, PasswordFile.given(path, fixture.random), fixture);
    }

    private static void ensure(FirstAdmin admin) {
        try {
            admin.ensure();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
