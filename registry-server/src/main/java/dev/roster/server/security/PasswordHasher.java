package dev.roster.server.security;

import dev.roster.server.store.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns passwords into hashes and compares them in constant time. Both take about a tenth of a second of processor time, by
 * design: whoever steals the hashes pays it for every guess. May be used by any thread.
 */
public final class PasswordHasher {

    /** Repetitions for new hashes: the figure that OWASP recommends for PBKDF2 with HMAC-SHA-512 since 2023. */
    public static final int ITERATIONS = 210_000;

    /** Shortest password, in characters. */
    static final int MIN_CHARACTERS = 12;

    /** Longest password, in characters. */
    static final int MAX_CHARACTERS = 200;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final SecureRandom random;
    private final int iterations;
    private final PasswordHash nobody;
    private final LongAdder computations = new LongAdder();

    /**
     * Makes a hasher.
     *
     * @param iterations repetitions for new hashes, {@link #ITERATIONS} unless a test is in a hurry
     */
    public PasswordHasher(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
        this.nobody = new PasswordHash(iterations, Value.of(salt()), Value.of(new byte[HASH_BYTES]));
    }

    /**
     * Hashes a new password.
     *
     * @throws InvalidArgumentException if it is too short or too long
     */
    PasswordHash hash(String password) {
        if (password.length() < MIN_CHARACTERS || password.length() > MAX_CHARACTERS) {
            throw new InvalidArgumentException("password", null,
                    MIN_CHARACTERS + " to " + MAX_CHARACTERS + " characters");
        }
        byte[] salt = salt();
        return new PasswordHash(iterations, Value.of(salt), Value.of(compute(password, salt, iterations)));
    }

    /**
     * Tells whether a password is the right one. Without a hash the answer is no, after as much work as with one, so that
     * the time taken does not tell whether a user exists.
     */
    boolean matches(String password, @Nullable PasswordHash expected) {
        PasswordHash hash = expected == null ? nobody : expected;
        byte[] actual = compute(password, hash.salt().toBytes(), hash.iterations());
        return MessageDigest.isEqual(actual, hash.hash().toBytes()) && expected != null;
    }

    /** Returns how many hashes have been computed. */
    long computations() {
        return computations.sum();
    }

    private byte[] compute(String password, byte[] salt, int times) {
        computations.increment();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, times, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
