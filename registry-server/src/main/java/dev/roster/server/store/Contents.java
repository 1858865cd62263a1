package dev.roster.server.store;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * What a replica holds: keys with their versions, history and leases.
 *
 * <p>One thread, the engine's, writes; readers take no lock. A revision becomes visible by the volatile write of
 * {@link #revision}, after everything that belongs to it. Compaction has two steps: {@link #oldest} moves on at once, as a
 * pure function of the commands, and turns readers away; then {@link #prune} drops what nobody can ask for any more, a little
 * with each command and not while an image that is being written needs it. How far it has come shows nowhere in the state.
 */
final class Contents {

    /**
     * Changes that are dropped per command at most, unless one revision has more: dropping is far cheaper than a command, so
     * it keeps up with whatever made them, and a compaction of a long history does not stop the commands behind it.
     */
    private static final int PRUNED_PER_COMMAND = 64;

    final KeyIndex keys = new KeyIndex();
    final LeaseTable leases = new LeaseTable();
    final History history;

    private final HistoryLimits limits;
    private final List<WeakReference<KeySpaceImage>> pins = new ArrayList<>();
    private long cost;
    private long costAtOldest;
    private long pruned;
    private long keyBytes;
    private volatile long publishedKeyBytes;
    private volatile long judgingTerm;
    private volatile Revision revision;
    private volatile Revision oldest;

    /** Makes contents without keys, at a revision. */
    Contents(HistoryLimits limits, Revision revision) {
        this.limits = limits;
        this.history = new History(revision.value());
        this.revision = revision;
        this.oldest = revision;
        this.pruned = revision.value();
    }

    Revision revision() {
        return revision;
    }

    Revision oldest() {
        return oldest;
    }

    /** Returns the term of the leader that judges leases, 0 if none has begun to. */
    long judgingTerm() {
        return judgingTerm;
    }

    /** Has a leader judge leases, whose term is not before the present one. */
    void judgeIn(long term) {
        judgingTerm = term;
    }

    /** Makes the next revision of these changes and shows it. */
    void publish(Revision next, Version first) {
        for (Version change = first; change != null; change = change.next) {
            cost += HistoryLimits.costOf(change);
            Version before = change.previous;
            keyBytes += KeySpaceImage.bytesOf(change.current)
                    - KeySpaceImage.bytesOf(before == null ? null : before.current);
        }
        publishedKeyBytes = keyBytes;
        history.add(next.value(), first, cost);
        revision = next;
    }

    /** Adds a key as of before the first revision. */
    void load(KeyValue key) {
        keys.add(new Version(key.key(), key.modified().value(), key, null));
        keyBytes += KeySpaceImage.bytesOf(key);
        publishedKeyBytes = keyBytes;
    }

    /** Returns about how many bytes of an image the present keys and leases take. */
    long bytes() {
        return publishedKeyBytes + KeySpaceImage.bytesOf(leases.count());
    }

    /** Forgets history beyond the limits. */
    void keepWithinLimits() {
        long present = revision.value();
        long keepFrom = Math.max(oldest.value(), present - limits.revisions());
        while (keepFrom < present && cost - costAsOf(keepFrom) > limits.bytes()) {
            keepFrom++;
        }
        if (keepFrom > oldest.value()) {
            compact(new Revision(keepFrom));
        }
    }

    /** Turns away readers and watches from before a revision, which is later than the oldest and not in the future. */
    void compact(Revision to) {
        costAtOldest = costAsOf(to.value());
        oldest = to;
    }

    /**
     * Refuses a revision that is no longer kept. Called after a read, it vouches for what was read: the fences here and in
     * {@link #prune} see to it that a reader who met something dropped meets the later {@link #oldest} too.
     */
    void checkKept(Revision wanted) {
        checkKept(wanted.value());
    }

    void checkKept(long wanted) {
        VarHandle.loadLoadFence();
        Revision kept = oldest;
        if (kept.value() > wanted) {
            throw new RevisionCompactedException(kept);
        }
    }

    /** Tells whether a revision is kept. Called after a read it vouches for what was read, as {@link #checkKept} does. */
    boolean keeps(Revision wanted) {
        VarHandle.loadLoadFence();
        return oldest.value() <= wanted.value();
    }

    private long costAsOf(long kept) {
        return kept == oldest.value() ? costAtOldest : history.cost(kept);
    }

    /** Drops some of what was compacted. */
    void prune() {
        long end = oldest.value();
        if (pruned == end) {
            return;
        }
        end = Math.min(end, oldestPinned());
        VarHandle.storeStoreFence();
        int changes = 0;
        while (pruned < end && changes < PRUNED_PER_COMMAND) {
            pruned++;
            for (Version change = history.first(pruned); change != null; change = change.next) {
                change.previous = null;
                if (change.current == null) {
                    removeIfGone(change);
                }
                changes++;
            }
            history.drop(pruned);
        }
    }

    private void removeIfGone(Version deletion) {
        KeyChain chain = keys.find(deletion.key);
        if (chain != null && chain.newest() == deletion) {
            keys.remove(deletion.key);
        }
    }

    /** Keeps what an image needs until it is written, or dropped by everybody. */
    void pin(KeySpaceImage image) {
        pins.add(new WeakReference<>(image));
    }

    private long oldestPinned() {
        long least = Long.MAX_VALUE;
        for (int i = pins.size() - 1; i >= 0; i--) {
            KeySpaceImage image = pins.get(i).get();
            if (image == null || image.written()) {
                pins.remove(i);
            } else {
                least = Math.min(least, image.oldest().value());
            }
        }
        return least;
    }
}
