package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberTls;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.core.io.ResourceLoader;

/** Reads the PEM files of {@code roster.cluster.tls}. */
final class MemberCertificates {

    private MemberCertificates() {}

    /**
     * Returns what the files hold, or null when there are none.
     *
     * @throws StartRefusedException if a file is missing or of another form
     */
    static @Nullable MemberTls read(RosterProperties.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        try {
            PemSslStoreBundle bundle = new PemSslStoreBundle(
                    PemSslStoreDetails.forCertificate("file:" + tls.certificate().toAbsolutePath())
                            .withPrivateKey("file:" + tls.privateKey().toAbsolutePath()),
                    PemSslStoreDetails.forCertificate("file:" + tls.ca().toAbsolutePath()));
            KeyStore identity = bundle.getKeyStore();
            KeyStore trusted = bundle.getTrustStore();
            if (identity == null || trusted == null) {
                throw new IllegalStateException("no certificate in one of the files");
            }
            return new MemberTls(identity, "", trusted);
        } catch (IllegalStateException | IllegalArgumentException | java.io.UncheckedIOException e) {
            throw new StartRefusedException(
                    "The certificates of roster.cluster.tls can't be used: " + e.getMessage() + ".",
                    "Check that certificate, private-key and ca name readable PEM files.");
        }
    }
}
