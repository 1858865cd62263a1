package dev.roster.server.config.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A master key that this member has itself: 256 bits. Its id says nothing of it. */
public final class MasterKey {
    private static final byte[] ID_LABEL = "roster master key id 1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 8;

    private final byte[] bytes;
    private final String id;

    /**
     * Makes a key of 32 bytes.
     *
     * @throws IllegalArgumentException if they are more or fewer
     */
    public MasterKey(byte[] bytes) {
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("a master key has " + AesGcm.KEY_BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
        this.id = id(bytes);
    }

    /** Returns what tells it from others: 16 hexadecimal digits of a hash. */
    public String id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }

    private static String id(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_LABEL);
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
