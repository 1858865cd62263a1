package dev.roster.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps the last good answers from being read off the disk, since they may hold secrets: AES-256-GCM by a key that follows
 * from the credentials (PBKDF2 with HMAC-SHA-256). Whoever has other credentials finds nothing, as does the owner after they
 * were replaced. Without credentials nothing is encrypted: then everybody may ask the server, too. For one thread at a time.
 *
 * <p>The form: {@code RLG1}, a salt of 16 bytes, a nonce of 12 bytes, ciphertext with tag.
 */
final class LastGoodSeal {
    private static final byte[] MAGIC = "RLG1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    /** Passwords can be guessed, so each guess has to cost something. */
    private static final int PASSWORD_ROUNDS = 100_000;

    /** Tokens have 256 random bits, which nobody guesses. */
    private static final int TOKEN_ROUNDS = 1;

    private final Supplier<Credentials> credentials;
    private final SecureRandom random = new SecureRandom();
    private Key known = new Key("", new byte[0], new byte[0]);

    private static final class Key {
        private final String authorization;
        private final byte[] salt;
        private final byte[] bytes;

        Key(String authorization, byte[] salt, byte[] bytes) {
            this.authorization = authorization;
            this.salt = salt;
            this.bytes = bytes;
        }
    }

    LastGoodSeal(Supplier<Credentials> credentials) {
        this.credentials = credentials;
    }

    /** Returns what is written to the disk. */
    byte[] seal(byte[] plain) throws IOException {
        String authorization = credentials.get().authorization().orElse("");
        if (authorization.isEmpty()) {
            return plain;
        }
        byte[] salt = known.salt;
        if (salt.length == 0) {
            salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(authorization, salt), nonce, plain);
        return ByteBuffer.allocate(MAGIC.length + SALT_BYTES + NONCE_BYTES + sealed.length).put(MAGIC).put(salt)
                .put(nonce).put(sealed).array();
    }

    /**
     * Returns what was sealed; what was never sealed as it is.
     *
     * @throws IOException if the credentials are others, or the file was changed
     */
    byte[] open(byte[] written) throws IOException {
        int head = MAGIC.length + SALT_BYTES + NONCE_BYTES;
        if (written.length < head || !Arrays.equals(written, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return written;
        }
        byte[] salt = Arrays.copyOfRange(written, MAGIC.length, MAGIC.length + SALT_BYTES);
        byte[] nonce = Arrays.copyOfRange(written, MAGIC.length + SALT_BYTES, head);
        String authorization = credentials.get().authorization().orElse("");
        if (authorization.isEmpty()) {
            throw new IOException("it was written with credentials, and there are none now");
        }
        return cipher(Cipher.DECRYPT_MODE, key(authorization, salt), nonce,
                Arrays.copyOfRange(written, head, written.length));
    }

    private byte[] key(String authorization, byte[] salt) throws IOException {
        if (!known.authorization.equals(authorization) || !Arrays.equals(known.salt, salt)) {
            int rounds = authorization.startsWith("Bearer ") ? TOKEN_ROUNDS : PASSWORD_ROUNDS;
            try {
                PBEKeySpec spec = new PBEKeySpec(authorization.toCharArray(), salt, rounds, KEY_BITS);
                byte[] bytes = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
                known = new Key(authorization, salt, bytes);
            } catch (GeneralSecurityException e) {
                throw new IOException("this Java has no PBKDF2 with HMAC-SHA-256", e);
            }
        }
        return known.bytes;
    }

    private static byte[] cipher(int mode, byte[] key, byte[] nonce, byte[] input) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(MAGIC);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IOException("it was written with other credentials, or changed since", e);
        }
    }
}
