package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A watch: a place in the history, and a task that reads on from there when {@link WatchHub} or the beginning asks it to. */
final class RunningWatch implements Watch {

    /** Revisions that are looked at, and of them told, before other watches of the executor have their turn. */
    private static final int LOOKED_AT_PER_RUN = 16_384;
    private static final int TOLD_PER_RUN = 128;

    private static final long NONE = 0;

    private final WatchHub hub;
    private final long id;
    private final RangeSet ranges;
    private final WatchFilter filter;
    private final WatchListener listener;
    private final SerialTask task;

    /**
     * The first revision that may concern this watch and was not looked at, or NONE. Set by the dispatcher and the task. From the
     * first it is where the watch begins: the dispatcher, which knows of the watch before it has {@linkplain #begin begun}, would
     * otherwise note a later one.
     */
    private final AtomicLong pending;

    private final AtomicBoolean progressRequested = new AtomicBoolean();

    /** Held while the listener is called and while the watch is closed, so that no call begins after closing. */
    private final ReentrantLock calling = new ReentrantLock();

    private volatile boolean closed;

    /** Up to this revision all was told. For the task alone. */
    private long told;

    private record Told(Revision revision, List<KeyEvent> events) {}

    RunningWatch(WatchHub hub, long id, RangeSet ranges, Revision after, WatchFilter filter,
            WatchListener listener) {
        this.hub = hub;
        this.id = id;
        this.ranges = ranges;
        this.told = after.value();
        this.pending = new AtomicLong(told + 1);
        this.filter = filter;
        this.listener = listener;
        this.task = new SerialTask(hub.executor(), this::run);
    }

    /** Begins to read, once it is in the index: what happens from now on will be marked. */
    void begin() {
        task.wake();
    }

    long id() {
        return id;
    }

    RangeSet ranges() {
        return ranges;
    }

    /** Notes that a revision concerns this watch, unless an earlier one is noted. Never waits. */
    void mark(long revision) {
        if (pending.compareAndSet(NONE, revision)) {
            task.wake();
        }
    }

    @Override
    public void requestProgress() {
        progressRequested.set(true);
        task.wake();
    }

    @Override
    public void close() {
        calling.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            calling.unlock();
        }
        hub.remove(this);
    }

    private boolean run() {
        boolean sound = false;
        try {
            boolean again = readOn();
            sound = true;
            return again;
        } finally {
            if (!sound) {
                close();
            }
        }
    }

    private boolean readOn() {
        if (closed) {
            return false;
        }
        // The order matters. Whatever was dispatched before the mark is taken has been marked; and every revision that was
        // marked before is there afterwards. So having looked at all that is there, this watch owes nothing but later marks.
        long dispatched = hub.dispatched();
        boolean requested = progressRequested.getAndSet(false);
        long from = pending.getAndSet(NONE);
        long present = hub.machine().view().revision().value();
        if (from != NONE) {
            if (!tell(new Revision(Math.max(told, from - 1)))) {
                return false;
            }
            if (told < present) {
                pending.set(told + 1);
                progressRequested.compareAndSet(false, requested);
                return true;
            }
        }
        told = Math.max(told, dispatched);
        if (from != NONE || requested) {
            Revision reached = new Revision(told);
            call(() -> listener.onProgress(reached));
        }
        return false;
    }

    /** Looks at some revisions after one and tells what concerns this watch. Returns whether the watch goes on. */
    private boolean tell(Revision after) {
        List<Told> batch = new ArrayList<>();
        long reached = after.value();
        RevisionCompactedException compacted = null;
        try {
            reached = hub.machine().readChanges(after, LOOKED_AT_PER_RUN, ranges, (revision, events) -> {
                List<KeyEvent> wanted = filter.of(events);
                if (!wanted.isEmpty()) {
                    batch.add(new Told(revision, wanted));
                }
                return batch.size() < TOLD_PER_RUN;
            }).value();
        } catch (RevisionCompactedException e) {
            compacted = e;
        }
        for (Told next : batch) {
            if (!call(() -> listener.onEvents(next.revision, next.events))) {
                return false;
            }
        }
        if (compacted != null) {
            Revision oldest = compacted.oldest();
            call(() -> listener.onCompacted(oldest));
            close();
            return false;
        }
        told = reached;
        return true;
    }

    private boolean call(Runnable listenerCall) {
        calling.lock();
        try {
            if (closed) {
                return false;
            }
            listenerCall.run();
            return true;
        } finally {
            calling.unlock();
        }
    }
}
