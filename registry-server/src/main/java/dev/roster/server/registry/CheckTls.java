package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a member makes sure by TLS (1.2 or newer) that it speaks to the instance.
 *
 * @param trust whom it believes
 * @param serverName the name that it asks for (SNI) and that the certificate must be for: a DNS name, 1 to 253 characters;
 *     null for the host of the instance
 */
public record CheckTls(Trust trust, @Nullable String serverName) {

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public CheckTls {
        if (serverName != null) {
            checkServerName(serverName);
        }
    }

    private static void checkServerName(String name) {
        if (!HostName.isValid(name)) {
            throw new InvalidArgumentException("checks.tls.serverName", name, "a DNS name of 1 to 253 characters");
        }
    }

    /** Tells whether it makes sure at all. */
    public boolean isVerified() {
        return !(trust instanceof Nobody);
    }

    /** Whom a member believes. */
    public sealed interface Trust {}

    /** The authorities that the member's Java believes. */
    public record SystemAuthorities() implements Trust {}

    /**
     * These authorities and no others.
     *
     * @param pem 1 to {@value #MAX_CERTIFICATES} X.509 certificates as PEM (RFC 7468), {@value #MAX_CHARACTERS} characters
     *     together
     */
    public record Authorities(String pem) implements Trust {

        /** Longest text: it is kept with every instance. */
        public static final int MAX_CHARACTERS = 8192;

        /** Most certificates: one, and the next while it is being replaced, each with one between. */
        public static final int MAX_CERTIFICATES = 4;

        private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

        /** Refuses what is too long, or no PEM, with {@link InvalidArgumentException}. */
        public Authorities {
            if (pem.length() > MAX_CHARACTERS || !pem.contains(BEGIN)) {
                throw refused(pem);
            }
        }

        /**
         * Takes certificates that somebody names.
         *
         * @throws InvalidArgumentException if it is anything else than the right number of certificates
         */
        public static Authorities parse(String pem) {
            Authorities authorities = new Authorities(pem);
            try {
                int count = authorities.certificates().size();
                if (count < 1 || count > MAX_CERTIFICATES) {
                    throw refused(pem);
                }
            } catch (CertificateException e) {
                throw refused(pem);
            }
            return authorities;
        }

        /** Returns the certificates, in the order of the text. */
        public List<X509Certificate> certificates() throws CertificateException {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))).stream()
                    .map(X509Certificate.class::cast).toList();
        }

        private static InvalidArgumentException refused(String pem) {
            return new InvalidArgumentException("checks.tls.ca", pem, "1 to " + MAX_CERTIFICATES
                    + " X.509 certificates as PEM, to " + MAX_CHARACTERS + " characters");
        }
    }

    /** Nobody is asked: whoever answers is believed. Only where the operator of the cluster allows it. */
    public record Nobody() implements Trust {}
}
