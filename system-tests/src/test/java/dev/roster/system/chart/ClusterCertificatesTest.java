package dev.roster.system.chart;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.pem.PemContent;

/** What the chart remembers of an earlier installation: its certificates and its size. */
class ClusterCertificatesTest {

    private KubernetesApi kubernetes;

    @BeforeEach
    void startKubernetes() {
        kubernetes = new KubernetesApi();
    }

    @AfterEach
    void stopKubernetes() {
        kubernetes.close();
    }

    @Test
    void certificateNamesEveryMember() throws GeneralSecurityException {
        var certificate = certificate(secret(Chart.render("replicaCount: 5")), "tls.crt");

        var names = certificate.getSubjectAlternativeNames().stream().map(name -> name.get(1).toString()).toList();

        assertThat(names).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 5)
                .mapToObj(i -> "demo-roster-" + i + ".demo-roster-headless.infra.svc").toList());
        assertThat(certificate.getExtendedKeyUsage()).as("members are server and client to one another")
                .contains("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void certificateIsSignedByTheAuthorityAndFitsTheKey() throws GeneralSecurityException {
        var secret = secret(Chart.render("tls: {validityDays: 30}"));
        var authority = certificate(secret, "ca.crt");
        var certificate = certificate(secret, "tls.crt");

        certificate.verify(authority.getPublicKey());

        assertThat(authority.getBasicConstraints()).as("is an authority").isNotNegative();
        assertThat(certificate.getBasicConstraints()).as("is none").isNegative();
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(certificate.getNotBefore().toInstant().plus(Duration.ofDays(30)));
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus())
                .isEqualTo(privateKey(secret).getModulus());
    }

    @Test
    void everyInstallationHasItsOwn() {
        assertThat(secret(Chart.render()).text("data")).isNotEqualTo(secret(Chart.render()).text("data"));
    }

    @Test
    void upgradesKeepThem() {
        kubernetes.put("/api/v1/namespaces/infra/secrets/demo-roster-cluster-tls", """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "demo-roster-cluster-tls"},
                 "data": {"tls.crt": "QUFB", "tls.key": "QkJC", "ca.crt": "Q0ND"}}""");

        assertThat(secret(Chart.render()).map("data"))
                .isEqualTo(Map.of("tls.crt", "QUFB", "tls.key", "QkJC", "ca.crt", "Q0ND"));
    }

    @Test
    void anOwnSecretIsUsedInstead() {
        var chart = Chart.render("tls: {existingSecret: mine}");

        assertThat(chart.matching("Secret")).isEmpty();
        assertThat(chart.statefulSet().items("spec.template.spec.volumes")).anySatisfy(
                volume -> assertThat(volume.find("secret.secretName")).isEqualTo("mine"));
    }

    @Test
    void refusesToChangeTheSizeOfARunningCluster() {
        kubernetes.put("/apis/apps/v1/namespaces/infra/statefulsets/demo-roster", """
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "demo-roster"},
                 "spec": {"replicas": 3}}""");

        assertThat(Chart.render("replicaCount: 3").kinds()).contains("StatefulSet/demo-roster");
        assertThatThrownBy(() -> Chart.render("replicaCount: 5"))
                .hasMessageContaining("replicaCount cannot change from 3 to 5");
    }

    private static Manifest secret(Chart chart) {
        var secret = chart.only("Secret", "demo-roster-cluster-tls");
        assertThat(secret.text("type")).isEqualTo("kubernetes.io/tls");
        return secret;
    }

    private static byte[] data(Manifest secret, String key) {
        return Base64.getDecoder().decode(secret.map("data").get(key).toString());
    }

    /** The chart's tool writes PKCS #1 ({@code BEGIN RSA PRIVATE KEY}), which the server has to understand. */
    private static RSAPrivateKey privateKey(Manifest secret) throws GeneralSecurityException {
        var content = PemContent.of(new String(data(secret, "tls.key"), US_ASCII));
        return (RSAPrivateKey) content.getPrivateKey();
    }

    private static X509Certificate certificate(Manifest secret, String key) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(data(secret, key)));
    }
}
