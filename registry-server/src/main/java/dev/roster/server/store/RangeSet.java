package dev.roster.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Any number of ranges as ranges that do not overlap, in order: what a watch follows. Immutable. */
public final class RangeSet {

    /** Every key. */
    public static final RangeSet ALL = of(List.of(KeyRange.ALL));

    private final List<KeyRange> ranges;

    private RangeSet(List<KeyRange> ranges) {
        this.ranges = ranges;
    }

    /** Returns the set of all keys in any of these ranges. */
    public static RangeSet of(List<KeyRange> ranges) {
        List<KeyRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(KeyRange::from));
        List<KeyRange> disjoint = new ArrayList<>(sorted.size());
        for (KeyRange range : sorted) {
            KeyRange last = disjoint.isEmpty() ? null : disjoint.getLast();
            if (last == null || isBeyond(range.from(), last)) {
                disjoint.add(range);
            } else {
                disjoint.set(disjoint.size() - 1, last.extendedTo(range.to()));
            }
        }
        return new RangeSet(List.copyOf(disjoint));
    }

    private static boolean isBeyond(Key from, KeyRange range) {
        Key to = range.to();
        return to != null && from.compareTo(to) > 0;
    }

    /** Returns the ranges, in order; none overlaps another. */
    public List<KeyRange> ranges() {
        return ranges;
    }

    /** Tells whether a key lies in one of the ranges. */
    public boolean contains(Key key) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).from().compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && ranges.get(high).contains(key);
    }
}
