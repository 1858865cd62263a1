package dev.roster.console.configs;

import org.jspecify.annotations.Nullable;

/** The lines around a flaw, with a mark under it, so that it can be found without script. */
final class Excerpt {
    private static final int LINES_BEFORE = 2;
    private static final int MAX_CHARS = 160;

    private Excerpt() {}

    /** Plain text; null when {@code line} is not a line of {@code content}. */
    static @Nullable String of(String content, @Nullable Integer line, @Nullable Integer column) {
        String[] lines = content.split("\r\n|\r|\n", -1);
        if (line == null || line < 1 || line > lines.length) {
            return null;
        }
        int width = Integer.toString(line).length();
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(1, line - LINES_BEFORE); i <= line; i++) {
            text.append(" ".repeat(width - Integer.toString(i).length())).append(i).append(" | ")
                    .append(shown(lines[i - 1])).append('\n');
        }
        if (column != null && column >= 1 && column <= MAX_CHARS) {
            text.append(" ".repeat(width + 3 + column - 1)).append("^\n");
        }
        return text.toString();
    }

    private static String shown(String line) {
        String plain = line.replace('\t', ' ');
        return plain.length() <= MAX_CHARS ? plain : plain.substring(0, MAX_CHARS) + "…";
    }
}
