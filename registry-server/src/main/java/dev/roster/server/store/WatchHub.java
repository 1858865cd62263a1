package dev.roster.server.store;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All watches of one replica.
 *
 * <p>Applying a command costs watches nothing but waking the dispatcher, which runs on the executor: it reads the history from
 * where it stopped, looks up who follows the changed keys, and marks these watches with the first revision that concerns them.
 * A marked watch reads on by itself from there, at its own pace, from the same history. So nothing is queued or copied for
 * anybody, a slow watch delays only itself, and what it can fall behind by is bounded by what the history keeps. A watch that
 * nothing concerns does nothing: that it has missed nothing up to {@link #dispatched} follows from not being marked.
 */
final class WatchHub implements ApplyListener {

    /** After so many revisions the dispatcher lets others of the executor run. */
    private static final int REVISIONS_PER_RUN = 1024;

    private final StateMachine machine;
    private final Executor executor;
    private final RangeIndex<RunningWatch> index = new RangeIndex<>();
    private final AtomicLong watches = new AtomicLong();
    private final SerialTask dispatcher;

    /** Everybody who has to do with a revision up to this one is marked. Written by the dispatcher alone. */
    private volatile long dispatched;

    WatchHub(StateMachine machine, Executor executor) {
        this.machine = machine;
        this.executor = executor;
        this.dispatcher = new SerialTask(executor, this::dispatch);
        this.dispatched = machine.view().revision().value();
        machine.addListener(this);
    }

    /** Begins a watch, as {@link Store#watch} says. */
    Watch watch(List<KeyRange> ranges, Revision after, WatchFilter filter, WatchListener listener) {
        if (ranges.isEmpty()) {
            throw new InvalidCommandException("ranges", "empty", "at least one range");
        }
        ReadView start = machine.viewAt(after);
        RunningWatch watch = new RunningWatch(this, watches.incrementAndGet(), RangeSet.of(ranges), start.revision(),
                filter, listener);
        for (KeyRange range : watch.ranges().ranges()) {
            index.add(range, watch.id(), watch);
        }
        watch.begin();
        return watch;
    }

    void remove(RunningWatch watch) {
        for (KeyRange range : watch.ranges().ranges()) {
            index.remove(range, watch.id());
        }
    }

    StateMachine machine() {
        return machine;
    }

    Executor executor() {
        return executor;
    }

    /** Returns the revision up to which everybody concerned is marked. */
    long dispatched() {
        return dispatched;
    }

    @Override
    public void applied(@Nullable Command command, @Nullable CommandResult result) {
        boolean refused = command != null && result == null;
        if (!refused && !index.isEmpty()) {
            dispatcher.wake();
        }
    }

    private boolean dispatch() {
        // Read before the index is found empty: a watch that comes later looks at this revision by itself.
        long present = machine.view().revision().value();
        if (index.isEmpty()) {
            dispatched = present;
            return false;
        }
        try {
            return dispatchRevisions();
        } catch (RevisionCompactedException e) {
            long lost = dispatched + 1;
            index.forEach(watch -> watch.mark(lost));
            dispatched = e.oldest().value();
            return true;
        }
    }

    private boolean dispatchRevisions() {
        for (int i = 0; i < REVISIONS_PER_RUN; i++) {
            Revision before = new Revision(dispatched);
            long next = dispatched + 1;
            Revision reached = machine.readChanges(before, 1, RangeSet.ALL, (_, events) -> {
                events.forEach(event -> index.forEachAt(event.key(), watch -> watch.mark(next)));
                return true;
            });
            if (reached.equals(before)) {
                return false;
            }
            dispatched = next;
        }
        return true;
    }
}
