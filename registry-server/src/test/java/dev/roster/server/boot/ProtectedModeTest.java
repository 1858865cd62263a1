package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class ProtectedModeTest {
    private static final String MEMBERS = "roster.cluster.members=member-1=10.0.0.1:7401,member-2=10.0.0.2:7401";
    private static final String FOUND = "roster.cluster.members-from=dns-srv:_roster._tcp.example.org";
    private static final String CERTIFICATE = "roster.cluster.tls.certificate=c";
    private static final String KEY = "roster.cluster.tls.private-key=k";
    private static final String AUTHORITY = "roster.cluster.tls.ca=a";

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsOpenOrCannotWork(String[] settings, String reason, String action) {
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> ProtectedMode.check(with(settings)))
                .withMessageContaining(reason).satisfies(e -> assertThat(e.action()).contains(action));
    }

    static Stream<Arguments> refused() {
        String off = "roster.security.enabled=false";
        String local = "server.address=127.0.0.1";
        String beyond = "roster.cluster.bind-address=10.0.0.1";
        return Stream.of(refusal("would listen on 0.0.0.0", "server.address=127.0.0.1", off, "server.address=0.0.0.0"),
                refusal("would listen on 10.1.2.3", "server.address=127.0.0.1", off, "server.address=10.1.2.3"),
                refusal("all addresses of this machine", "server.address=127.0.0.1", off),
                refusal("all addresses of this machine", "server.address=127.0.0.1", off, "server.address="),
                refusal("no.such.host.invalid", "server.address=127.0.0.1", off, "server.address=no.such.host.invalid"),
                refusal("management.server.address", "management.server.address=127.0.0.1", off, local,
                        "management.server.port=7402"),
                refusal("without TLS", "roster.cluster.tls.certificate", local, MEMBERS, beyond),
                refusal("without TLS", "'bin/roster join-token'", local, MEMBERS, beyond),
                refusal("without TLS", "roster.cluster.join-token-file", local, FOUND, beyond),
                refusal("there are 2: roster.cluster.join-token-file, roster.cluster.tls", "Keep one", local, MEMBERS,
                        "roster.cluster.join-token-file=t", CERTIFICATE, KEY, AUTHORITY),
                refusal("there are 2: roster.cluster.join-token-file, roster.cluster.join-token.", "Keep one", local,
                        FOUND, "roster.cluster.join-token-file=t", "roster.cluster.join-token=x"),
                refusal("there are 3", "Keep one", local, MEMBERS, "roster.cluster.join-token-file=t",
                        "roster.cluster.join-token=x", CERTIFICATE, KEY, AUTHORITY),
                refusal("Both roster.cluster.members and roster.cluster.members-from", "Keep one", local, MEMBERS,
                        FOUND),
                refusal("without TLS", "roster.cluster.bind-address=127.0.0.1", local, MEMBERS,
                        "roster.cluster.bind-address=0.0.0.0"),
                refusal("called member-9", "roster.cluster.member", local, MEMBERS, "roster.cluster.member=member-9"),
                refusal("names a twice", "name of its own", local, "roster.cluster.members=a=h:1,a=h:2",
                        "roster.cluster.member=a"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatIsProtected(String[] settings) {
        assertThatCode(() -> ProtectedMode.check(with(settings))).doesNotThrowAnyException();
    }

    static Stream<Arguments> accepted() {
        String off = "roster.security.enabled=false";
        return Stream.of(settings("server.address=0.0.0.0"), settings(), settings(off, "server.address=127.0.0.1"),
                settings(off, "server.address=localhost"), settings(off, "server.address=::1"),
                settings(off, "server.address=127.0.0.1", "management.server.port=-1"), settings(MEMBERS),
                settings(MEMBERS, "roster.cluster.bind-address=10.0.0.1", CERTIFICATE, KEY, AUTHORITY),
                settings(MEMBERS, "roster.cluster.bind-address=10.0.0.1", "roster.cluster.join-token-file=t"),
                settings(FOUND, "roster.cluster.bind-address=10.0.0.1", "roster.cluster.join-token=x"),
                settings(FOUND),
                settings("roster.cluster.bind-address=0.0.0.0"));
    }

    @Test
    void warnsOfPasswordsInClearText(CapturedOutput output) {
        ProtectedMode.check(with("server.address=0.0.0.0"));
        assertThat(output).contains("without TLS");
    }

    @Test
    void doesNotWarnWithTls(CapturedOutput output) {
        ProtectedMode.check(with("server.address=0.0.0.0", "server.ssl.bundle=web"));
        assertThat(output).doesNotContain("without TLS");
    }

    @Test
    void saysWhyItDoesNotStartAndHowToFixIt(@TempDir Path directory, CapturedOutput output) {
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> RosterServer.main(new String[]{"--roster.security.enabled=false",
                        "--server.address=0.0.0.0", "--server.port=0", "--roster.data-dir=" + directory}));

        assertThat(output).contains("APPLICATION FAILED TO START", "Security is switched off", "Action:",
                "server.address=127.0.0.1").doesNotContain("\tat ");
        assertThat(directory).as("nothing was opened").isEmptyDirectory();
    }

    private static Arguments refusal(String reason, String action, String... settings) {
        return Arguments.of(settings, reason, action);
    }

    private static Arguments settings(String... settings) {
        return Arguments.of((Object) settings);
    }

    private static MockEnvironment with(String... settings) {
        MockEnvironment environment = new MockEnvironment();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            environment.setProperty(parts[0], parts[1]);
        }
        return environment;
    }
}
