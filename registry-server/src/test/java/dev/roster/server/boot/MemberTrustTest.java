package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.MemberTls;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MemberTrustTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final MemberTrust trust = new MemberTrust(() -> NOW, random);
    private final JoinToken token = JoinToken.random(random);

    @TempDir
    private Path folder;

    @Test
    void takesTheTokenFromAFileOrFromTheEnvironment(CapturedOutput output) throws Exception {
        Path file = folder.resolve("join-token");
        JoinTokenFile.write(file, token);

        assertSignedByTheToken(establish("roster.cluster.join-token-file", file.toString()));
        assertSignedByTheToken(establish("roster.cluster.join-token", " " + token.text() + "\n"));
        assertThat(output).doesNotContain(token.text());
    }

    @Test
    void startsEveryCertificateADayEarly() throws Exception {
        MemberTls tls = establish("roster.cluster.join-token", token.text());

        assertThat(certificate(tls).getNotBefore()).isEqualTo(Date.from(NOW.minus(Duration.ofDays(1))));
    }

    @Test
    void needsNothingWhenThereIsNobodyElse() {
        assertThat(trust.establish(cluster(Map.of("roster.cluster.join-token-file", "/none")),
                new MemberAddress("a", "127.0.0.1", 7401))).isNull();
    }

    @Test
    void needsNothingOnLoopback() {
        assertThat(establish("roster.cluster.port", "7401")).isNull();
    }

    @Test
    void saysWhatIsWrongWithTheTokenWithoutShowingIt() {
        String cut = token.text().substring(0, 50);

        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> establish("roster.cluster.join-token", cut))
                .withMessageContaining("The join token in roster.cluster.join-token is 50 characters long")
                .satisfies(e -> assertThat(e.getMessage() + e.action()).contains("roster.cluster.join-token-file")
                        .doesNotContain(cut));
    }

    private void assertSignedByTheToken(MemberTls tls) throws Exception {
        assertThat(certificate(tls).getIssuerX500Principal().getName())
                .isEqualTo("CN=" + ClusterAuthority.of(token));
        assertThat(certificate(tls).getSubjectAlternativeNames()).contains(List.of(2, "a"),
                List.of(2, "a.example.org"));
        certificate(tls).verify(AuthorityKey.derive(token).getPublic());
    }

    private MemberTls establish(String property, String value) {
        return trust.establish(cluster(Map.of("roster.cluster.members", "a=a.example.org:7401,b=b.example.org:7401",
                "roster.cluster.member", "a", property, value)), new MemberAddress("a", "a.example.org", 7401));
    }

    private static RosterProperties.Cluster cluster(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
                .bindOrCreate("roster", RosterProperties.class).cluster();
    }

    private static X509Certificate certificate(MemberTls tls) throws KeyStoreException {
        return (X509Certificate) tls.identity().getCertificate("member");
    }
}
