package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberTls;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority that signs the members of one cluster. Its key follows from the join token, so that every member is it
 * without asking another. Its certificate differs from member to member in the signature alone; what members go by is its
 * name and public key. Why it is so: docs/internals/decisions/0011-join-token.md.
 */
final class ClusterAuthority {

    /** How far the clock of a member may be behind that of the one that it connects to. */
    static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /**
     * How long the certificate of a member is valid. Each start makes another, with a key that is nowhere but in that
     * process: so this bounds how long a member may run without a restart, and not what a stolen key is good for.
     */
    static final Duration VALIDITY = Duration.ofDays(3 * 366);

    /** An authority lives as long as its token: the end is the one that means "none" (RFC 5280 §4.1.2.5). */
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int FINGERPRINT_BYTES = 8;
    private static final int SERIAL_BITS = 127;

    private static final Pattern IPV4 = Pattern
            .compile("(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    /** RFC 5280 §4.2.1.6 takes names in the preferred form of RFC 1034: no underscore, no dot at the end. */
    private static final Pattern DNS_NAME = Pattern
            .compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private final KeyPair keys;
    private final String title;
    private final X500Name name;

    private ClusterAuthority(KeyPair keys, String title) {
        this.keys = keys;
        this.title = title;
        this.name = new X500NameBuilder().addRDN(BCStyle.CN, title).build();
    }

    /** Returns the authority of the cluster that has the token. */
    static ClusterAuthority of(JoinToken token) {
        try {
            KeyPair keys = AuthorityKey.derive(token);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
            return new ClusterAuthority(keys,
                    "Roster cluster " + HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key can be derived from a join token", e);
        }
    }

    /**
     * Makes a new key for a member, and a certificate for it.
     *
     * @param member name of the member
     * @param host DNS name or IP address by which the others reach it, which they compare
     * @param now when the member starts
     * @throws StartRefusedException if no certificate can name the host
     */
    MemberTls issue(String member, String host, Instant now, SecureRandom random) {
        GeneralName hostName = hostName(host);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(AuthorityKey.CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            KeyStore identity = empty();
            identity.setKeyEntry("member", pair.getPrivate(), new char[0],
                    new Certificate[]{memberCertificate(member, hostName, now, pair.getPublic(), random)});
            KeyStore trusted = empty();
            trusted.setCertificateEntry("authority", ownCertificate());
            return new MemberTls(identity, "", trusted);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate can be made from a join token", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static GeneralName hostName(String host) {
        if (IPV4.matcher(host).matches() || IPV6.matcher(host).matches()) {
            return new GeneralName(GeneralName.iPAddress, host);
        }
        if (DNS_NAME.matcher(host).matches()) {
            return new GeneralName(GeneralName.dNSName, host);
        }
        throw new StartRefusedException(
                "This member's host is " + host + ", which no certificate can name: a DNS name has letters, digits and"
                        + " hyphens between its dots, and none at its end.",
                "Give the member another name in DNS, or its IP address, on all members: roster.cluster.members.");
    }

    private X509Certificate ownCertificate() throws GeneralSecurityException, IOException, OperatorCreationException {
        return sign(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(BEGIN), Date.from(NO_END), name,
                keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .addExtension(Extension.subjectKeyIdentifier, false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic())));
    }

    private X509Certificate memberCertificate(String member, GeneralName host, Instant now, PublicKey key,
            SecureRandom random) throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.O, title).addRDN(BCStyle.CN, member).build();
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        return sign(new JcaX509v3CertificateBuilder(name, serial, Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(VALIDITY)), subject, key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(
                        new KeyPurposeId[]{KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}))
                .addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(new GeneralName[]{new GeneralName(GeneralName.dNSName, member), host}))
                .addExtension(Extension.authorityKeyIdentifier, false,
                        extensions.createAuthorityKeyIdentifier(keys.getPublic()))
                .addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key)));
    }

    private X509Certificate sign(X509v3CertificateBuilder unsigned)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(unsigned.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
    }

    /** Returns its name, which tells it from others and nothing of the token. */
    @Override
    public String toString() {
        return title;
    }
}
