package dev.roster.console.configs;

/**
 * Content as a page shows it, cut when it is longer than a browser shows well; the whole can be downloaded.
 *
 * @param text the text, or its beginning
 * @param numbers the numbers of its lines, one to a line
 * @param complete false when the end is left out
 */
record Listing(String text, String numbers, boolean complete) {
    private static final int MAX_LINES = 10_000;
    private static final int MAX_CHARS = 512 * 1024;

    static Listing of(String content) {
        int end = 0;
        int lines = 0;
        while (end < content.length() && end < MAX_CHARS && lines < MAX_LINES) {
            int next = content.indexOf('\n', end);
            end = next < 0 ? content.length() : next + 1;
            lines++;
        }
        end = Math.min(end, MAX_CHARS);
        StringBuilder numbers = new StringBuilder(lines * 6);
        for (int i = 1; i <= lines; i++) {
            numbers.append(i).append('\n');
        }
        return new Listing(content.substring(0, end), numbers.toString(), end == content.length());
    }
}
