package dev.roster.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Position in a listing that is pinned to one revision of the store.
 *
 * @param revision the revision that every page shows
 * @param after the last item of the page before, as the listing orders them
 */
public record Cursor(long revision, String after) {
    private static final int MAX_TEXT_CHARACTERS = 1024;

    /** Returns the opaque text that callers get as {@code nextCursor}. */
    public String encode() {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((Long.toString(revision) + ' ' + after).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ProblemException if it is anything else, field {@code cursor}
     */
    public static Cursor decode(String text) {
        try {
            if (text.length() > MAX_TEXT_CHARACTERS) {
                throw refused(text);
            }
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            if (space <= 0 || plain.charAt(0) == '-' || plain.charAt(0) == '+') {
                throw refused(text);
            }
            return new Cursor(Long.parseLong(plain, 0, space, 10), plain.substring(space + 1));
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
    }

    private static ProblemException refused(String text) {
        return ProblemException.invalidArgument("cursor", text, "the nextCursor of the page before");
    }
}
