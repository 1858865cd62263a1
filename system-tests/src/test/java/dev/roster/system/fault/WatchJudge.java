package dev.roster.system.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Judges whether a watcher was told every change of its keys, once and in order, over all connections and members, by the
 * order of all changes that is known in the end.
 */
final class WatchJudge {

    private final String watcher;
    private final NavigableMap<Long, List<Event>> expected = new TreeMap<>();
    private final long newestCompaction;
    private final List<String> violations = new ArrayList<>();

    /** All up to here is told, or passed over by the watcher itself. */
    private long position;

    private WatchJudge(String watcher, String prefix, List<Event> events, long newestCompaction) {
        this.watcher = watcher;
        this.newestCompaction = newestCompaction;
        for (Event event : events) {
            if (event.key().startsWith(prefix)) {
                expected.computeIfAbsent(event.revision(), revision -> new ArrayList<>()).add(event);
            }
        }
    }

    /**
     * Returns what is wrong, a line each; empty if nothing is.
     *
     * @param watcher names it in what is returned
     * @param prefix of the keys that it watches
     * @param tells all that it was told, in order
     * @param events all changes of the store from the first revision on
     * @param newestCompaction up to which somebody has had revisions forgotten, 0 if nobody has
     */
    static List<String> violations(String watcher, String prefix, List<WatchTell> tells, List<Event> events,
            long newestCompaction) {
        WatchJudge judge = new WatchJudge(watcher, prefix, events, newestCompaction);
        tells.forEach(judge::check);
        return judge.violations;
    }

    private void check(WatchTell tell) {
        switch (tell) {
            case WatchTell.Begun begun -> position = begun.after();
            case WatchTell.Told told -> checkTold(told);
            case WatchTell.Reached reached -> {
                checkNoneMissing(reached.revision(), true);
                position = Math.max(position, reached.revision());
            }
            case WatchTell.Compacted compacted -> {
                if (compacted.oldest() > newestCompaction || compacted.oldest() <= position) {
                    violate("was told after revision " + position + " that the oldest kept is " + compacted.oldest()
                            + ", compacted was up to " + newestCompaction);
                }
            }
            case WatchTell.Ahead _ -> {
                // The member is behind: nothing was told.
            }
        }
    }

    private void checkTold(WatchTell.Told told) {
        if (told.revision() <= position) {
            violate("was told revision " + told.revision() + " after " + position);
            return;
        }
        checkNoneMissing(told.revision(), false);
        List<Event> right = expected.getOrDefault(told.revision(), List.of());
        if (!right.equals(told.events())) {
            violate("was told " + told.events() + ", there was " + right);
        }
        position = told.revision();
    }

    private void checkNoneMissing(long to, boolean inclusive) {
        if (to > position) {
            for (Map.Entry<Long, List<Event>> missing : expected.subMap(position, false, to, inclusive).entrySet()) {
                violate("was not told " + missing.getValue() + " between revision " + position + " and " + to);
            }
        }
    }

    private void violate(String what) {
        violations.add(watcher + " " + what);
    }
}
