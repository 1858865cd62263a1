package dev.roster.server.registry;

/**
 * A pattern in which each asterisk stands for any characters, or none. Matching takes at most length of pattern times length
 * of text, whatever the pattern.
 *
 * @param pattern the pattern
 */
public record Wildcard(String pattern) {

    /** Tells whether a text is of the pattern. */
    public boolean matches(String text) {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && pattern.charAt(next) == text.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                // Let the last asterisk stand for one character more.
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }
}
