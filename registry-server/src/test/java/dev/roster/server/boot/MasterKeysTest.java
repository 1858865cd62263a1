package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roster.server.config.secret.KeyWrapping;
import dev.roster.server.config.secret.KeyWrapping.Wrapped;
import dev.roster.server.config.secret.MasterKeyUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MasterKeysTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] CONTEXT = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path data;

    @BeforeEach
    void needsOwners() {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    }

    private KeyWrapping keys(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put("roster." + settings[i], settings[i + 1]);
        }
        RosterProperties properties = new Binder(new MapConfigurationPropertySource(map)).bindOrCreate("roster",
                RosterProperties.class);
        return MasterKeys.of(properties, data, random);
    }

    private Path file(String name, String... lines) throws IOException {
        Path file = Files.createFile(data.resolve(name), JoinTokenFile.permissions("rw-------"));
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void aMemberOnItsOwnMakesOneForItselfAlone() throws IOException {
        Wrapped wrapped = keys().wrap(KEY, CONTEXT);

        Path file = data.resolve(MasterKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("roster-master-1.").hasSize(16 + 48 + 1);
        assertThat(keys().unwrap(wrapped, CONTEXT)).as("after a restart").isEqualTo(KEY);
        assertThatThrownBy(() -> keys().unwrap(wrapped, new byte[]{9}))
                .isInstanceOf(MasterKeyUnavailableException.class);
    }

    @Test
    void aMemberOnItsOwnRenewsItAndKeepsTheOlder() throws IOException {
        KeyWrapping keys = keys();
        Wrapped wrapped = keys.wrap(KEY, CONTEXT);

        keys.renew();

        assertThat(keys.current()).isNotEqualTo(wrapped.masterKey());
        assertThat(keys.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        assertThat(Files.readAllLines(data.resolve(MasterKeys.FILE))).hasSize(2);
        assertThat(data).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void comesFromAFileThatMayChange() throws IOException {
        String first = MasterKeys.random(random);
        String second = MasterKeys.random(random);
        Path file = file("given", first);
        KeyWrapping keys = keys("secrets.master-key-file", file.toString());
        Wrapped wrapped = keys.wrap(KEY, CONTEXT);

        Files.writeString(file, second + "\n\n  " + first + "\n");

        assertThat(keys.current()).isEqualTo(MasterKeys.valueOf(second).id());
        assertThat(keys.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        keys.renew();
        assertThat(Files.readString(file)).as("kept by others").startsWith(second);
        Files.writeString(file, second);
        assertThatThrownBy(() -> keys.unwrap(wrapped, CONTEXT)).isInstanceOf(MasterKeyUnavailableException.class)
                .hasMessageContaining(wrapped.masterKey()).hasMessageNotContaining(second);
    }

    @Test
    void comesFromTheEnvironment() {
        String first = MasterKeys.random(random);
        String second = MasterKeys.random(random);
        Wrapped wrapped = keys("secrets.master-key", first).wrap(KEY, CONTEXT);

        assertThat(keys("secrets.master-key", second + ", " + first).unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
    }

    @Test
    void followsFromTheJoinTokenOfACluster() throws IOException {
        JoinToken token = JoinToken.random(random);
        String[] cluster = {"cluster.member", "a", "cluster.members", "a=h1:1,b=h2:1", "cluster.join-token",
                token.text()};
        KeyWrapping keys = keys(cluster);
        Wrapped wrapped = keys.wrap(KEY, CONTEXT);

        assertThat(keys(cluster).unwrap(wrapped, CONTEXT)).as("on another member").isEqualTo(KEY);
        Path older = file("next", MasterKeys.random(random), token.text());
        assertThat(keys("secrets.master-key-file", older.toString()).unwrap(wrapped, CONTEXT))
                .as("when the token is replaced").isEqualTo(KEY);
    }

    /** Computed by other code, from the description alone: members of different versions must arrive at the same. */
    @Test
    void isAlwaysDerivedInTheSameWay() {
        JoinToken zeros = JoinToken.valueOf(CheckedSecret.encode("roster-join-1.", new byte[32]));

        assertThat(MasterKeys.derived(zeros).id()).isEqualTo("981a2086419cf6ce");
        assertThat(MasterKeys.valueOf(zeros.text()).id()).isEqualTo("981a2086419cf6ce");
    }

    @Test
    void knowsWhatItWrappedWhenItWasOnItsOwn() {
        Wrapped wrapped = keys().wrap(KEY, CONTEXT);

        KeyWrapping later = keys("cluster.member", "a", "cluster.members", "a=h1:1,b=h2:1", "cluster.join-token",
                JoinToken.random(random).text());

        assertThat(later.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        assertThat(later.current()).isNotEqualTo(wrapped.masterKey());
    }

    @Test
    void isMissingWhereMembersHaveNothingInCommon() {
        KeyWrapping keys = keys("cluster.member", "a", "cluster.members", "a=127.0.0.1:1,b=127.0.0.1:2");

        assertThatThrownBy(() -> keys.wrap(KEY, CONTEXT)).isInstanceOf(MasterKeyUnavailableException.class)
                .hasMessageContaining("roster.secrets.master-key-file");
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        assertThatThrownBy(() -> keys("secrets.master-key", "hunter2")).isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("does not begin with roster-master-1.").hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> keys("secrets.master-key-file", data.resolve("none").toString()))
                .isInstanceOf(StartRefusedException.class);
        Path empty = file("empty", "");
        assertThatThrownBy(() -> keys("secrets.master-key-file", empty.toString()))
                .isInstanceOf(StartRefusedException.class).hasMessageContaining("is empty");
        Path open = file("open", MasterKeys.random(random));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> keys("secrets.master-key-file", open.toString()))
                .isInstanceOf(StartRefusedException.class).hasMessageContaining("other users");
        assertThatThrownBy(() -> keys("secrets.master-key-file", open.toString(), "secrets.master-key", "x"))
                .isInstanceOf(StartRefusedException.class).hasMessageContaining("Both");
    }

    @Test
    void theCommandMakesOneAndShowsNothingOfIt() throws IOException {
        Path file = data.resolve("made");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(new OperatorCommand(stream, stream).run(new String[]{"master-key", file.toString()})).isZero();

        String key = Files.readString(file).strip();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(MasterKeys.valueOf(key).id()).doesNotContain(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(new OperatorCommand(stream, stream).run(new String[]{"master-key", file.toString()})).isEqualTo(1);
        assertThat(Files.readString(file).strip()).isEqualTo(key);
    }
}
