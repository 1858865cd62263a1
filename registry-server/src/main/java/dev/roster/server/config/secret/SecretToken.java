package dev.roster.server.config.secret;

import dev.roster.server.store.Value;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

/**
 * A secret as it stands in a document.
 *
 * @param key id of the data key
 * @param sealed nonce, ciphertext and tag
 */
record SecretToken(String key, Value sealed) {
    static final String PREFIX = "{cipher}rs1.";

    private static final int KEY_BYTES = 8;

    /** A secret is filled up to a multiple of this, so that its length tells little of it. */
    private static final int BLOCK_BYTES = 32;

    private static final byte END = (byte) 0x80;

    static SecretToken encrypt(String key, byte[] bytes, SecretPlace place, String path, String secret,
            SecureRandom random) {
        byte[] text = secret.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length / BLOCK_BYTES + 1) * BLOCK_BYTES);
        padded[text.length] = END;
        return new SecretToken(key,
                Value.of(AesGcm.encrypt(bytes, padded, associated(key, place, path), random)));
    }

    /** Reads what stands in a document, empty if it is no token. */
    static Optional<SecretToken> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            return bytes.length < KEY_BYTES + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES + BLOCK_BYTES
                    ? Optional.empty()
                    : Optional.of(new SecretToken(HexFormat.of().formatHex(bytes, 0, KEY_BYTES),
                            Value.of(Arrays.copyOfRange(bytes, KEY_BYTES, bytes.length))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns what stands in a document. */
    String text() {
        byte[] id = HexFormat.of().parseHex(key);
        byte[] rest = sealed.toBytes();
        byte[] bytes = Arrays.copyOf(id, id.length + rest.length);
        System.arraycopy(rest, 0, bytes, id.length, rest.length);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Returns the secret.
     *
     * @throws SecretUnreadableException if it was encrypted for another place, or changed
     */
    String decrypt(byte[] bytes, SecretPlace place, String path) {
        try {
            byte[] padded = AesGcm.decrypt(bytes, sealed.toBytes(), associated(key, place, path));
            int end = padded.length - 1;
            while (end > 0 && padded[end] == 0) {
                end--;
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new SecretUnreadableException(place, path, "it was encrypted for another place, or changed");
        }
    }

    private static byte[] associated(String key, SecretPlace place, String path) {
        return ("roster secret 1\0" + key + '\0' + place.namespace() + '\0' + place.item() + '\0' + path)
                .getBytes(StandardCharsets.UTF_8);
    }
}
