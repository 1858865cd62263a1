package dev.roster.server.config.secret;

import java.util.regex.Pattern;

/** How secrets look in documents. */
public final class SecretText {

    /** In front of a value that is to be encrypted. */
    public static final String MARK = "{secret}";

    /** Behind it in XML and plain text, where nothing else says where the value ends. */
    public static final String MARK_END = "{/secret}";

    /** What everybody sees who may not read a secret. */
    public static final String MASK = "{cipher}***";

    static final String TOKEN_END = "{/cipher}";

    private static final Pattern TOKENS = Pattern.compile("\\{cipher}rs1\\.[A-Za-z0-9_-]*");

    private SecretText() {}

    /** Tells whether a text may have a secret, encrypted or not. */
    public static boolean concerns(String text) {
        return text.contains(MARK) || text.contains("{cipher}");
    }

    /** Tells whether a text has an encrypted secret. */
    public static boolean hasToken(String text) {
        return text.contains(SecretToken.PREFIX);
    }

    /** Returns a text with a mask in place of each encrypted secret. */
    public static String mask(String text) {
        return hasToken(text) ? TOKENS.matcher(text).replaceAll(MASK) : text;
    }
}
