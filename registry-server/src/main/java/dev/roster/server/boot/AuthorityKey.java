package dev.roster.server.boot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * The key of a cluster's authority, as it follows from the join token: HKDF-SHA256 (RFC 5869) gives 384 bits, which, modulo
 * the order of P-256 less one, plus one, are the private key (FIPS 186-5, A.2.1). It must never change what is derived here:
 * members of different versions have to arrive at the same.
 */
final class AuthorityKey {

    static final String CURVE = "secp256r1";

    private static final byte[] SALT = "roster".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "cluster authority, P-256, 1".getBytes(StandardCharsets.US_ASCII);

    /** 128 bits more than the order has, so that no key is noticeably more likely than another. */
    private static final int DERIVED_BYTES = 48;

    private AuthorityKey() {}

    static KeyPair derive(JoinToken token) throws GeneralSecurityException {
        // The JDK has no public way from a private key to its public key.
        X9ECParameters curve = CustomNamedCurves.getByName(CURVE);
        BigInteger scalar = scalar(token, curve.getN());
        var point = new FixedPointCombMultiplier().multiply(curve.getG(), scalar).normalize();
        ECPoint coordinates = new ECPoint(point.getAffineXCoord().toBigInteger(),
                point.getAffineYCoord().toBigInteger());

        AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
        named.init(new ECGenParameterSpec(CURVE));
        ECParameterSpec parameters = named.getParameterSpec(ECParameterSpec.class);
        KeyFactory keys = KeyFactory.getInstance("EC");
        return new KeyPair(keys.generatePublic(new ECPublicKeySpec(coordinates, parameters)),
                keys.generatePrivate(new ECPrivateKeySpec(scalar, parameters)));
    }

    private static BigInteger scalar(JoinToken token, BigInteger order) throws GeneralSecurityException {
        byte[] derived = KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
                .addIKM(token.secret()).addSalt(SALT).thenExpand(INFO, DERIVED_BYTES));
        return new BigInteger(1, derived).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }
}
