package dev.roster.server.security;

import dev.roster.server.store.Key;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret of a token: {@code rst_} and 256 random bits in base64url. The prefix lets tools that look for leaked secrets
 * find it. Only its SHA-256 is kept, which is enough: nobody can guess 256 bits, so there is no need for a slow hash.
 *
 * @param text what the caller shows
 */
record TokenSecret(String text) {
    private static final String PREFIX = "rst_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("rst_[A-Za-z0-9_-]{43}");

    static TokenSecret random(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new TokenSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns what a caller has shown as a secret, empty if it cannot be one. */
    static Optional<TokenSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TokenSecret(text)) : Optional.empty();
    }

    /** Returns the key of the token. */
    Key key() {
        return Key.of(StoredToken.PREFIX + hash());
    }

    /** Returns the public id: the first 64 bits of the hash. */
    TokenId id() {
        return new TokenId(hash().substring(0, ID_DIGITS));
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "TokenSecret[***]";
    }
}
