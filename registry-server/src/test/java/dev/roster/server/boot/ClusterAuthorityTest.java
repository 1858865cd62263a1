package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.raft.MemberTls;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int DNS = 2;
    private static final int IP = 7;

    private final SecureRandom random = new SecureRandom();
    private final JoinToken token = JoinToken.random(random);
    private final ClusterAuthority authority = ClusterAuthority.of(token);

    /** Computed by other code than ours. Members of different versions have to arrive at it: whoever changes it parts them. */
    @Test
    void followsFromTheTokenAsItAlwaysDid() throws GeneralSecurityException {
        JoinToken known = JoinToken.valueOf("roster-join-1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8f311F");

        assertThat(ClusterAuthority.of(known)).hasToString("Roster cluster d772c5fb6f2f0058");
        assertThat(HexFormat.of().formatHex(AuthorityKey.derive(known).getPublic().getEncoded()))
                .endsWith("04ebc907e63fc44366db9156340bb090a12addb4a1d50dd25a26acd6a493acaa11"
                        + "8bd182902a851a18c435f526c0067ca6fdea1a0c2dc9e03edcab284cc46c1084");
    }

    @Test
    void hasAPublicKeyThatFitsItsPrivateKey() throws GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            KeyPair keys = AuthorityKey.derive(JoinToken.random(random));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(new byte[]{1, 2, 3});
            byte[] signed = signature.sign();

            signature.initVerify(keys.getPublic());
            signature.update(new byte[]{1, 2, 3});

            assertThat(signature.verify(signed)).isTrue();
        }
    }

    @Test
    void isTheSameOnEveryMemberAndAnotherWithAnotherToken() {
        assertThat(ClusterAuthority.of(JoinToken.valueOf(token.text()))).hasToString(authority.toString());
        assertThat(ClusterAuthority.of(JoinToken.random(random)).toString()).matches("Roster cluster [0-9a-f]{16}")
                .isNotEqualTo(authority.toString());
    }

    @Test
    void signsAMemberWithItsNameAndHost() throws Exception {
        X509Certificate certificate = certificate(authority.issue("a", "roster-a.example.org", NOW, random));

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=a,O=" + authority);
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=" + authority);
        assertThat(certificate.getSubjectAlternativeNames()).containsExactlyInAnyOrder(List.of(DNS, "a"),
                List.of(DNS, "roster-a.example.org"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1",
                "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).as("is no authority itself").isEqualTo(-1);
        assertThat(certificate.getNotBefore()).isEqualTo(Date.from(NOW.minus(1, ChronoUnit.DAYS)));
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(NOW.plus(ClusterAuthority.VALIDITY)));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1,10.0.0.1", "2001:db8::1,2001:db8:0:0:0:0:0:1"})
    void signsAnAddress(String host, String named) throws Exception {
        X509Certificate certificate = certificate(authority.issue("a", host, NOW, random));

        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(IP, named));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roster_a", "a.example.org.", "256.1.1.1.", "a..b", "-a"})
    void refusesAHostThatNoCertificateCanName(String host) {
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> authority.issue("a", host, NOW, random)).withMessageContaining("host is " + host)
                .satisfies(e -> assertThat(e.action()).contains("roster.cluster.members"));
    }

    @Test
    void givesEveryStartAKeyOfItsOwn() throws Exception {
        X509Certificate first = certificate(authority.issue("a", "h", NOW, random));
        X509Certificate second = certificate(authority.issue("a", "h", NOW, random));

        assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber()).isPositive();
    }

    @Test
    void isBelievedByMembersThatHaveTheToken() throws Exception {
        MemberTls other = ClusterAuthority.of(JoinToken.valueOf(token.text())).issue("b", "h", NOW, random);
        X509Certificate certificate = certificate(authority.issue("a", "h", NOW, random));

        validate(certificate, other, NOW);
        validate(certificate, other, NOW.minus(ClusterAuthority.CLOCK_SKEW));
        validate(certificate, other, NOW.plus(ClusterAuthority.VALIDITY));
    }

    @Test
    void isNotBelievedByOthersNorAtOtherTimes() throws Exception {
        MemberTls same = authority.issue("b", "h", NOW, random);
        MemberTls other = ClusterAuthority.of(JoinToken.random(random)).issue("b", "h", NOW, random);
        X509Certificate certificate = certificate(authority.issue("a", "h", NOW, random));

        assertNotBelieved(certificate, other, NOW);
        assertNotBelieved(certificate, same, NOW.minus(ClusterAuthority.CLOCK_SKEW).minusSeconds(1));
        assertNotBelieved(certificate, same, NOW.plus(ClusterAuthority.VALIDITY).plusSeconds(1));
    }

    @Test
    void aMemberIsNoAuthority() throws Exception {
        MemberTls member = authority.issue("a", "h", NOW, random);
        KeyStore trusted = member.trusted();

        assertThat(trusted.size()).isOne();
        assertThat(((X509Certificate) trusted.getCertificate("authority")).getBasicConstraints()).isZero();
    }

    @Test
    void bringsNoSecurityProviderIntoTheProcess() {
        authority.issue("a", "h", NOW, random);

        assertThat(Security.getProviders()).noneMatch(provider -> provider.getName().startsWith("BC"));
    }

    private static void assertNotBelieved(X509Certificate certificate, MemberTls by, Instant when) {
        assertThatExceptionOfType(CertPathValidatorException.class)
                .isThrownBy(() -> validate(certificate, by, when));
    }

    private static void validate(X509Certificate certificate, MemberTls by, Instant when) throws Exception {
        PKIXParameters parameters = new PKIXParameters(by.trusted());
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(when));
        CertPathValidator.getInstance("PKIX").validate(
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    private static X509Certificate certificate(MemberTls tls) throws GeneralSecurityException {
        return (X509Certificate) tls.identity().getCertificate("member");
    }
}
