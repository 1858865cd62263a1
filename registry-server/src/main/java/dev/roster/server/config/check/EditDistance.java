package dev.roster.server.config.check;

/** How many letters one has to change, add or leave out to make one name of another (Levenshtein 1966). */
final class EditDistance {
    private EditDistance() {}

    /**
     * Returns the distance.
     *
     * @param limit 1 or more; the search ends as soon as it cannot be less, and returns the limit
     */
    static int between(String left, String right, int limit) {
        int[] before = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] now = new int[right.length() + 1];
            now[0] = i;
            int least = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = before[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, 1 + Math.min(before[j], now[j - 1]));
                least = Math.min(least, now[j]);
            }
            if (least >= limit) {
                return limit;
            }
            before = now;
        }
        return Math.min(limit, before[right.length()]);
    }
}
