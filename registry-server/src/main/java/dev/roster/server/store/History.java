package dev.roster.server.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What changed at each revision that is kept. Revisions are consecutive, so a revision is found by its number: in segments
 * of {@value #SEGMENT} revisions, listed in a directory that is copied when a segment is added or dropped.
 *
 * <p>One thread adds and drops. Others may read a revision once it was published (by {@link Contents}) and as long as it is
 * not dropped; what they find of a dropped one is null or worthless, so they check afterwards.
 */
final class History {
    private static final int SEGMENT = 1024;

    private volatile Directory directory;

    /** Begins a history after a revision. */
    History(long after) {
        directory = new Directory(after / SEGMENT, new Segment[0]);
    }

    /**
     * Adds the next revision.
     *
     * @param first its first change
     * @param cost total cost of all changes since the history began, to the end of this revision
     */
    void add(long revision, Version first, long cost) {
        Segment segment = directory.find(revision);
        if (segment == null) {
            segment = new Segment();
            directory = directory.with(revision, segment);
        }
        int slot = (int) (revision % SEGMENT);
        segment.first[slot] = first;
        segment.cost[slot] = cost;
    }

    /** Returns the first change of a revision, null if it is dropped. */
    @Nullable
    Version first(long revision) {
        Segment segment = directory.find(revision);
        return segment == null ? null : segment.first[(int) (revision % SEGMENT)];
    }

    /** Returns the total cost as of a revision that is not dropped. */
    long cost(long revision) {
        Segment segment = directory.find(revision);
        if (segment == null) {
            throw new IllegalStateException("no history of revision " + revision);
        }
        return segment.cost[(int) (revision % SEGMENT)];
    }

    /** Drops one revision; those before it must be dropped already. */
    void drop(long revision) {
        Segment segment = directory.find(revision);
        if (segment != null) {
            segment.first[(int) (revision % SEGMENT)] = null;
            if (revision % SEGMENT == SEGMENT - 1) {
                directory = directory.withoutFirst();
            }
        }
    }

    private static final class Segment {
        final @Nullable Version[] first = new Version[SEGMENT];
        final long[] cost = new long[SEGMENT];
    }

    /** Segments without gaps, from the one that holds {@code firstSegment * SEGMENT}. */
    private static final class Directory {
        private final long firstSegment;
        private final Segment[] segments;

        Directory(long firstSegment, Segment[] segments) {
            this.firstSegment = firstSegment;
            this.segments = segments;
        }

        @Nullable
        Segment find(long revision) {
            long index = revision / SEGMENT - firstSegment;
            return index >= 0 && index < segments.length ? segments[(int) index] : null;
        }

        Directory with(long revision, Segment segment) {
            if (segments.length == 0) {
                return new Directory(revision / SEGMENT, new Segment[]{segment});
            }
            Segment[] more = Arrays.copyOf(segments, segments.length + 1);
            more[segments.length] = segment;
            return new Directory(firstSegment, more);
        }

        Directory withoutFirst() {
            return new Directory(firstSegment + 1, Arrays.copyOfRange(segments, 1, segments.length));
        }
    }
}
