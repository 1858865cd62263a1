package dev.roster.server.boot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 256 secret bits as text: a prefix that says what they are for, and 48 characters of base64url (RFC 4648 §5): the bits, and
 * the first 32 bits of a SHA-256 over prefix and bits, so that what was mistyped or cut off is told from another secret. No
 * message shows any of it.
 */
final class CheckedSecret {
    static final int SECRET_BYTES = 32;

    private static final int CHECK_BYTES = 4;

    /** Exactly three bytes for every four characters, so that there is one text for every secret. */
    private static final int CHARACTERS = (SECRET_BYTES + CHECK_BYTES) / 3 * 4;

    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");

    private CheckedSecret() {}

    /**
     * Reads a text.
     *
     * @param family what the prefixes of all versions begin with
     * @throws IllegalArgumentException saying what is wrong with it, to be read after its name
     */
    static byte[] decode(String family, String prefix, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException(text.startsWith(family)
                    ? "is of a form that this version does not know: it does not begin with " + prefix
                    : "does not begin with " + prefix);
        }
        String characters = text.substring(prefix.length());
        Matcher foreign = FOREIGN.matcher(characters);
        if (foreign.find()) {
            throw new IllegalArgumentException("has, as character " + (prefix.length() + foreign.start() + 1)
                    + ", one that is no letter, digit, hyphen or underscore");
        }
        if (characters.length() != CHARACTERS) {
            throw new IllegalArgumentException("is " + text.length() + " characters long, not "
                    + (prefix.length() + CHARACTERS) + ": part of it is missing, or there is too much");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(characters);
        byte[] secret = Arrays.copyOf(bytes, SECRET_BYTES);
        if (!MessageDigest.isEqual(check(prefix, secret), Arrays.copyOfRange(bytes, SECRET_BYTES, bytes.length))) {
            throw new IllegalArgumentException("does not fit its checksum: a character of it is wrong");
        }
        return secret;
    }

    /** Returns the text that {@link #decode} reads. */
    static String encode(String prefix, byte[] secret) {
        byte[] bytes = Arrays.copyOf(secret, SECRET_BYTES + CHECK_BYTES);
        System.arraycopy(check(prefix, secret), 0, bytes, SECRET_BYTES, CHECK_BYTES);
        return prefix + Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static byte[] check(String prefix, byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(prefix.getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(secret), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
