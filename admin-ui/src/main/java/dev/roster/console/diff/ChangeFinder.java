package dev.roster.console.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which lines were removed and which were added.
 *
 * Common lines at both ends are set aside; then lines that occur exactly once on either side, in the longest order that both
 * sides share, part the rest into smaller tasks (Bram Cohen's patience diff). Where there is no such line, Myers's greedy
 * algorithm ("An O(ND) difference algorithm", 1986) works within {@link #MAX_EDITS}; beyond that the range counts as
 * replaced as a whole. So time is near n log n whatever the input.
 */
final class ChangeFinder {
    /** Edits that Myers's algorithm may need in one range; its memory is the square of it: 512 make 1 MiB of ints. */
    private static final int MAX_EDITS = 512;
    /** Depth of nested ranges; each level has anchors of its own, so real documents need three or four. */
    private static final int MAX_DEPTH = 100;

    private final int[] before;
    private final int[] after;
    private final BitSet removed = new BitSet();
    private final BitSet added = new BitSet();

    private ChangeFinder(int[] before, int[] after) {
        this.before = before;
        this.after = after;
    }

    /** The changes from {@code before} to {@code after}, in order, not touching one another. */
    static List<Change> changes(List<Line> before, List<Line> after) {
        Map<Line, Integer> numbers = new HashMap<>();
        ChangeFinder finder = new ChangeFinder(numbered(before, numbers), numbered(after, numbers));
        finder.compare(0, finder.before.length, 0, finder.after.length, 0);
        return finder.collect();
    }

    private static int[] numbered(List<Line> lines, Map<Line, Integer> numbers) {
        int[] result = new int[lines.size()];
        for (int i = 0; i < result.length; i++) {
            Line line = lines.get(i);
            Integer known = numbers.putIfAbsent(line, numbers.size());
            result[i] = known == null ? numbers.size() - 1 : known;
        }
        return result;
    }

    private void compare(int beforeFrom, int beforeTo, int afterFrom, int afterTo, int depth) {
        int b0 = beforeFrom;
        int b1 = beforeTo;
        int a0 = afterFrom;
        int a1 = afterTo;
        while (b0 < b1 && a0 < a1 && before[b0] == after[a0]) {
            b0++;
            a0++;
        }
        while (b0 < b1 && a0 < a1 && before[b1 - 1] == after[a1 - 1]) {
            b1--;
            a1--;
        }
        if (b0 == b1 || a0 == a1) {
            replace(b0, b1, a0, a1);
            return;
        }
        int[][] anchors = depth < MAX_DEPTH ? anchors(b0, b1, a0, a1) : new int[0][];
        if (anchors.length == 0) {
            myers(b0, b1, a0, a1);
            return;
        }
        for (int[] anchor : anchors) {
            compare(b0, anchor[0], a0, anchor[1], depth + 1);
            b0 = anchor[0] + 1;
            a0 = anchor[1] + 1;
        }
        compare(b0, b1, a0, a1, depth + 1);
    }

    private void replace(int b0, int b1, int a0, int a1) {
        removed.set(b0, b1);
        added.set(a0, a1);
    }

    /** Positions {before, after} of lines unique on both sides, rising on both sides. */
    private int[][] anchors(int b0, int b1, int a0, int a1) {
        Map<Integer, int[]> places = HashMap.newHashMap(b1 - b0);
        for (int i = b0; i < b1; i++) {
            int[] place = places.computeIfAbsent(before[i], line -> new int[]{0, 0, 0, 0});
            place[0]++;
            place[1] = i;
        }
        for (int i = a0; i < a1; i++) {
            int[] place = places.get(after[i]);
            if (place != null) {
                place[2]++;
                place[3] = i;
            }
        }
        List<int[]> unique = new ArrayList<>();
        for (int i = b0; i < b1; i++) {
            int[] place = places.get(before[i]);
            if (place != null && place[0] == 1 && place[2] == 1) {
                unique.add(new int[]{i, place[3]});
            }
        }
        return longestRising(unique);
    }

    /** The longest subsequence of {@code pairs} whose second numbers rise; the first numbers do already. */
    private static int[][] longestRising(List<int[]> pairs) {
        int[] tops = new int[pairs.size()];
        int[] previous = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int pile = pileFor(pairs, tops, length, pairs.get(i)[1]);
            previous[i] = pile == 0 ? -1 : tops[pile - 1];
            tops[pile] = i;
            length = Math.max(length, pile + 1);
        }
        int[][] result = new int[length][];
        for (int i = length - 1, at = length == 0 ? -1 : tops[length - 1]; i >= 0; i--, at = previous[at]) {
            result[i] = pairs.get(at);
        }
        return result;
    }

    private static int pileFor(List<int[]> pairs, int[] tops, int piles, int value) {
        int low = 0;
        int high = piles;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairs.get(tops[middle])[1] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void myers(int b0, int b1, int a0, int a1) {
        int[][] trace = trace(b0, b1, a0, a1);
        if (trace == null) {
            replace(b0, b1, a0, a1);
            return;
        }
        int x = b1 - b0;
        int y = a1 - a0;
        for (int d = trace.length; d > 0; d--) {
            int[] reached = trace[d - 1];
            int k = x - y;
            if (entersDown(reached, k, b1 - b0, a1 - a0)) {
                x = at(reached, k + 1);
                y = x - k - 1;
                added.set(a0 + y);
            } else {
                x = at(reached, k - 1);
                y = x - k + 1;
                removed.set(b0 + x);
            }
        }
    }

    /** What each number of edits from 0 to one less than needed reaches on every diagonal; null past the budget. */
    private int @Nullable [][] trace(int b0, int b1, int a0, int a1) {
        int n = b1 - b0;
        int m = a1 - a0;
        int[] reached = {slide(0, 0, b0, b1, a0, a1)};
        List<int[]> trace = new ArrayList<>();
        for (int d = 1; d <= Math.min(n + m, MAX_EDITS); d++) {
            trace.add(reached);
            int[] next = new int[2 * d + 1];
            Arrays.fill(next, -1);
            for (int k = -d; k <= d; k += 2) {
                int x = entersDown(reached, k, n, m) ? at(reached, k + 1) : rightOf(reached, k, n);
                if (x < 0 || x - k > m) {
                    continue;
                }
                next[k + d] = slide(x, x - k, b0, b1, a0, a1);
                if (next[k + d] == n && n - k == m) {
                    return trace.toArray(int[][]::new);
                }
            }
            reached = next;
        }
        return null;
    }

    /** Whether diagonal {@code k} is entered by adding a line, which must stay inside and reach at least as far. */
    private static boolean entersDown(int[] reached, int k, int n, int m) {
        int down = at(reached, k + 1);
        return down >= 0 && down - k <= m && down >= rightOf(reached, k, n);
    }

    /** Where removing a line leads to on diagonal {@code k}, -1 when that is outside. */
    private static int rightOf(int[] reached, int k, int n) {
        int left = at(reached, k - 1);
        return left < 0 || left == n ? -1 : left + 1;
    }

    private int slide(int x, int y, int b0, int b1, int a0, int a1) {
        int furthest = x;
        int other = y;
        while (b0 + furthest < b1 && a0 + other < a1 && before[b0 + furthest] == after[a0 + other]) {
            furthest++;
            other++;
        }
        return furthest;
    }

    private static int at(int[] reached, int k) {
        int index = k + reached.length / 2;
        return index < 0 || index >= reached.length ? -1 : reached[index];
    }

    private List<Change> collect() {
        List<Change> changes = new ArrayList<>();
        int b = 0;
        int a = 0;
        while (b < before.length || a < after.length) {
            int b1 = removed.get(b) ? removed.nextClearBit(b) : b;
            int a1 = added.get(a) ? added.nextClearBit(a) : a;
            if (b1 > b || a1 > a) {
                changes.add(new Change(b, b1, a, a1));
                b = b1;
                a = a1;
            } else {
                b++;
                a++;
            }
        }
        return changes;
    }
}
