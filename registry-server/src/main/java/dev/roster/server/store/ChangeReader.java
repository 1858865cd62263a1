package dev.roster.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the history of some ranges, beside the thread that adds to it.
 *
 * <p>There are two ways to the same result. Revision by revision looks at every change, which is best for a few revisions
 * and for ranges that hold most keys. By key looks at the versions of the keys that the ranges hold, which is best for a long
 * stretch and few keys: a thousand watches that resume after a pause would otherwise read all that happened a thousand
 * times. Which of them it is shows in nothing but the time it takes.
 */
final class ChangeReader {

    /** Revisions that are looked at before it is checked that they are still kept. */
    private static final int READ_TOGETHER = 64;

    /** From so many revisions on it is worth looking for their keys. */
    private static final int LONG_STRETCH = 256;

    /** By key is given up after as many versions as this part of the revisions: what was done in vain is not much then. */
    private static final int VERSIONS_PER_REVISION = 4;

    private final Contents contents;
    private final RangeSet ranges;
    private final ChangeSink sink;
    private boolean stopped;

    ChangeReader(Contents contents, RangeSet ranges, ChangeSink sink) {
        this.contents = contents;
        this.ranges = ranges;
        this.sink = sink;
    }

    /** Tells the changes after one revision and up to another. Returns the last revision looked at. */
    long read(long after, long end) {
        if (end - after >= LONG_STRETCH) {
            long[] revisions = new long[(int) Math.min((end - after) / VERSIONS_PER_REVISION, Integer.MAX_VALUE - 8)];
            int found = findByKey(after, end, revisions);
            contents.checkKept(after);
            if (found >= 0) {
                return tellRevisions(revisions, found, end);
            }
        }
        return tellAll(after, end);
    }

    /** Finds revisions with wanted changes, in any order and some more than once. Returns their number, or -1 to give up. */
    private int findByKey(long after, long end, long[] revisions) {
        int found = 0;
        int looked = 0;
        for (KeyRange range : ranges.ranges()) {
            for (KeyChain chain : contents.keys.in(range)) {
                for (Version version = chain.newest(); version != null; version = version.previous) {
                    if (looked++ == revisions.length) {
                        return -1;
                    }
                    if (version.revision <= after) {
                        break;
                    }
                    if (version.revision <= end) {
                        revisions[found++] = version.revision;
                    }
                }
            }
        }
        return found;
    }

    private long tellRevisions(long[] revisions, int count, long end) {
        Arrays.sort(revisions, 0, count);
        for (int i = 0; i < count; i++) {
            long at = revisions[i];
            boolean repeated = i > 0 && revisions[i - 1] == at;
            if (!repeated) {
                tellAll(at - 1, at);
                if (stopped) {
                    return at;
                }
            }
        }
        return end;
    }

    /** Looks at every revision. Returns the last, which is an earlier one if the sink wants no more. */
    private long tellAll(long after, long end) {
        long looked = after;
        while (looked < end) {
            long next = Math.min(end, looked + READ_TOGETHER);
            List<Changes> found = find(looked, next);
            contents.checkKept(looked);
            looked = next;
            for (Changes changes : found) {
                if (!sink.changed(changes.revision, changes.events)) {
                    stopped = true;
                    return changes.revision.value();
                }
            }
        }
        return looked;
    }

    private record Changes(Revision revision, List<KeyEvent> events) {}

    private List<Changes> find(long after, long end) {
        List<Changes> found = List.of();
        for (long at = after + 1; at <= end; at++) {
            List<KeyEvent> events = List.of();
            for (Version change = contents.history.first(at); change != null; change = change.next) {
                if (ranges.contains(change.key)) {
                    events = events.isEmpty() ? new ArrayList<>() : events;
                    events.add(change.event());
                }
            }
            if (!events.isEmpty()) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(new Changes(new Revision(at), events));
            }
        }
        return found;
    }
}
