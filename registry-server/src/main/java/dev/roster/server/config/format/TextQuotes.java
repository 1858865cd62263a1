package dev.roster.server.config.format;

/** Writes texts as values of documents. */
public final class TextQuotes {
    private TextQuotes() {}

    /** Returns how a text is written as a value in a format, in one line, quotes and all. XML and plain text take it as it is. */
    public static String quote(DocumentFormat format, String text) {
        return switch (format) {
            case YAML, TOML -> quoted(text, false);
            case JSON -> quoted(text, true);
            case PROPERTIES -> property(text);
            case XML, TEXT -> text;
        };
    }

    /** Everything but plain ASCII is escaped: these formats differ in what else may stand in a string. */
    private static String quoted(String text, boolean surrogates) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        int codePoint;
        for (int i = 0; i < text.length(); i += surrogates ? 1 : Character.charCount(codePoint)) {
            codePoint = surrogates ? text.charAt(i) : text.codePointAt(i);
            switch (codePoint) {
                case '"', '\\' -> out.append('\\').append((char) codePoint);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (codePoint >= ' ' && codePoint < 0x7F) {
                        out.append((char) codePoint);
                    } else {
                        out.append(String.format(codePoint > 0xFFFF ? "\\U%08X" : "\\u%04X", codePoint));
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static String property(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case ' ' -> out.append(i == 0 ? "\\ " : " ");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
