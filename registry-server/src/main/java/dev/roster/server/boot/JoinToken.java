package dev.roster.server.boot;

import java.security.SecureRandom;

/**
 * What the members of a cluster have in common and nobody else has: 256 random bits, as text a {@link CheckedSecret} with the
 * prefix {@code roster-join-1.}. No message shows any of it.
 */
final class JoinToken {
    private static final String FAMILY = "roster-join-";
    private static final String PREFIX = FAMILY + "1.";

    private final byte[] secret;

    private JoinToken(byte[] secret) {
        this.secret = secret;
    }

    /** Makes a new one. */
    static JoinToken random(SecureRandom random) {
        byte[] secret = new byte[CheckedSecret.SECRET_BYTES];
        random.nextBytes(secret);
        return new JoinToken(secret);
    }

    /** Tells whether a text is meant to be one. */
    static boolean isMeantBy(String text) {
        return text.startsWith(FAMILY);
    }

    /**
     * Reads the text of one.
     *
     * @throws IllegalArgumentException saying what is wrong with it, to be read after "the join token"
     */
    static JoinToken valueOf(String text) {
        return new JoinToken(CheckedSecret.decode(FAMILY, PREFIX, text));
    }

    /** Returns the text that {@link #valueOf} reads. */
    String text() {
        return CheckedSecret.encode(PREFIX, secret);
    }

    /** Returns the 256 bits. */
    byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "JoinToken[***]";
    }
}
