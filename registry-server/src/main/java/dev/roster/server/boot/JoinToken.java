package dev.roster.server.boot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the members of a cluster have in common and nobody else has: 256 random bits. As text {@code roster-join-1.} and 48
 * characters of base64url (RFC 4648 §5): the bits, and the first 32 bits of a SHA-256 over them, so that a token that was
 * mistyped or cut off is told from the token of another cluster. No message shows any of it.
 */
final class JoinToken {
    private static final String FAMILY = "roster-join-";
    private static final String PREFIX = FAMILY + "1.";
    private static final int SECRET_BYTES = 32;
    private static final int CHECK_BYTES = 4;

    /** Exactly three bytes for every four characters, so that there is one text for every token. */
    private static final int CHARACTERS = (SECRET_BYTES + CHECK_BYTES) / 3 * 4;

    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");

    private final byte[] secret;

    private JoinToken(byte[] secret) {
        this.secret = secret;
    }

    /** Makes a new one. */
    static JoinToken random(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new JoinToken(secret);
    }

    /**
     * Reads the text of one.
     *
     * @throws IllegalArgumentException saying what is wrong with it, to be read after "the join token"
     */
    static JoinToken valueOf(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(text.startsWith(FAMILY)
                    ? "is of a form that this version does not know: it does not begin with " + PREFIX
                    : "does not begin with " + PREFIX);
        }
        String characters = text.substring(PREFIX.length());
        Matcher foreign = FOREIGN.matcher(characters);
        if (foreign.find()) {
            throw new IllegalArgumentException("has, as character " + (PREFIX.length() + foreign.start() + 1)
                    + ", one that is no letter, digit, hyphen or underscore");
        }
        if (characters.length() != CHARACTERS) {
            throw new IllegalArgumentException("is " + text.length() + " characters long, not "
                    + (PREFIX.length() + CHARACTERS) + ": part of it is missing, or there is too much");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(characters);
        byte[] secret = Arrays.copyOf(bytes, SECRET_BYTES);
        if (!MessageDigest.isEqual(check(secret), Arrays.copyOfRange(bytes, SECRET_BYTES, bytes.length))) {
            throw new IllegalArgumentException("does not fit its checksum: a character of it is wrong");
        }
        return new JoinToken(secret);
    }

    /** Returns the text that {@link #valueOf} reads. */
    String text() {
        byte[] bytes = Arrays.copyOf(secret, SECRET_BYTES + CHECK_BYTES);
        System.arraycopy(check(secret), 0, bytes, SECRET_BYTES, CHECK_BYTES);
        return PREFIX + Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Returns the 256 bits. */
    byte[] secret() {
        return secret.clone();
    }

    private static byte[] check(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PREFIX.getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(secret), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "JoinToken[***]";
    }
}
