package dev.roster.console.diff;

import java.util.ArrayList;
import java.util.List;

/** Turns the text of a line into what a page may show, and marks what differs within a pair of lines. */
final class LineText {
    /** Emphasis helps only when enough stays the same: at least one character in this many. */
    private static final int MIN_COMMON_SHARE = 3;

    private LineText() {}

    /** The whole line, not emphasised. */
    static List<Span> plain(String text) {
        return text.isEmpty() ? List.of() : List.of(new Span(visible(text), false));
    }

    /** {@code text} with everything emphasised that is not in the common beginning or end with {@code other}. */
    static List<Span> against(String text, String other) {
        int prefix = commonPrefix(text, other);
        int suffix = commonSuffix(text, other, prefix);
        if ((prefix + suffix) * MIN_COMMON_SHARE < Math.max(text.length(), other.length())) {
            return plain(text);
        }
        List<Span> spans = new ArrayList<>(3);
        add(spans, text.substring(0, prefix), false);
        add(spans, text.substring(prefix, text.length() - suffix), true);
        add(spans, text.substring(text.length() - suffix), false);
        return spans;
    }

    private static int commonPrefix(String text, String other) {
        int shorter = Math.min(text.length(), other.length());
        int prefix = 0;
        while (prefix < shorter && text.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        while (prefix > 0 && (cuts(text, prefix) || cuts(other, prefix))) {
            prefix--;
        }
        return prefix;
    }

    private static int commonSuffix(String text, String other, int prefix) {
        int longest = Math.min(text.length(), other.length()) - prefix;
        int suffix = 0;
        while (suffix < longest
                && text.charAt(text.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
            suffix++;
        }
        while (suffix > 0 && (cuts(text, text.length() - suffix) || cuts(other, other.length() - suffix))) {
            suffix--;
        }
        return suffix;
    }

    /** Whether a cut before {@code index} goes through a word, a number or a character. */
    private static boolean cuts(String text, int index) {
        if (index <= 0 || index >= text.length()) {
            return false;
        }
        char left = text.charAt(index - 1);
        char right = text.charAt(index);
        return Character.isSurrogatePair(left, right)
                || (Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right));
    }

    private static void add(List<Span> spans, String text, boolean emphasised) {
        if (!text.isEmpty()) {
            spans.add(new Span(visible(text), emphasised));
        }
    }

    /**
     * Control characters as pictures (carriage return is ␍), and the characters that reorder or hide text (Unicode
     * category Cf, such as U+202E) as their code: a review must not show something else than what is published.
     */
    static String visible(String text) {
        if (text.chars().noneMatch(LineText::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (!isHidden(c)) {
                shown.append((char) c);
            } else if (c < 0x20) {
                shown.append((char) (0x2400 + c));
            } else {
                shown.append("[U+%04X]".formatted(c));
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int c) {
        return c != '\t' && (Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
    }
}
