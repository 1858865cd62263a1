package dev.roster.server.store.raft;

import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Lease;
import dev.roster.server.store.LeaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When leases end, in the memory of the leader alone. Nothing here is logged: a keep-alive moves a deadline, and only the
 * end of a lease becomes a command. A new leader gives every lease a full period before it judges any.
 *
 * <p>Thread-safe.
 */
final class LeaseDeadlines {

    private final ConcurrentHashMap<LeaseId, Deadline> deadlines = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * Until then no lease that was there at the last count can be overdue, and none is ending; a hundred thousand need not be
     * counted ten times a second. Never further away than the shortest time to live, so that a new lease may be passed over.
     */
    private volatile long calmUntil;

    /**
     * Makes an empty table.
     *
     * @param nanoTime a clock that never jumps, such as {@link System#nanoTime}
     */
    LeaseDeadlines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.calmUntil = nanoTime.getAsLong();
    }

    /** Forgets everything and gives these leases a full period. */
    void begin(Collection<Lease> leases) {
        deadlines.clear();
        calmUntil = nanoTime.getAsLong();
        leases.forEach(lease -> start(lease.id(), lease.ttl()));
    }

    /** Forgets everything: this member no longer judges. */
    void end() {
        deadlines.clear();
    }

    /** Gives a lease a full period from now. */
    void start(LeaseId id, Duration ttl) {
        deadlines.put(id, new Deadline(nanoTime.getAsLong() + ttl.toNanos(), ttl, false));
    }

    /** Forgets leases that have ended. */
    void remove(Collection<LeaseId> ids) {
        ids.forEach(deadlines::remove);
    }

    /**
     * Gives a lease a full period from now, unless its end is being proposed already.
     *
     * @return whether it was given one
     */
    boolean renew(LeaseId id) {
        Deadline renewed = deadlines.computeIfPresent(id, (key, deadline) -> deadline.ending
                ? deadline
                : new Deadline(nanoTime.getAsLong() + deadline.ttl.toNanos(), deadline.ttl, false));
        return renewed != null && !renewed.ending;
    }

    /** Returns how long a lease has to live, 0 or more; empty if it is not known. */
    Optional<Duration> remaining(LeaseId id) {
        Deadline deadline = deadlines.get(id);
        return deadline == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, deadline.nanos - nanoTime.getAsLong())));
    }

    /**
     * How many leases there are.
     *
     * @param live those that are not ending
     * @param overdue those of them whose time is over
     */
    record Census(int live, int overdue) {}

    /** Counts the leases. */
    Census census() {
        long now = nanoTime.getAsLong();
        if (now - calmUntil < 0) {
            return new Census(deadlines.size(), 0);
        }
        int live = 0;
        int overdue = 0;
        boolean ending = false;
        long next = now + GrantLease.MIN_TTL.toNanos();
        for (Deadline deadline : deadlines.values()) {
            if (deadline.ending) {
                ending = true;
                continue;
            }
            live++;
            if (now - deadline.nanos >= 0) {
                overdue++;
            } else if (deadline.nanos - next < 0) {
                next = deadline.nanos;
            }
        }
        if (!ending && overdue == 0) {
            calmUntil = next;
        }
        return new Census(live, overdue);
    }

    /**
     * Returns leases whose time is over and marks them as ending, so that no keep-alive brings them back and they are not
     * returned again.
     *
     * @param limit most leases wanted
     */
    List<LeaseId> takeExpired(int limit) {
        long now = nanoTime.getAsLong();
        List<LeaseId> expired = new ArrayList<>();
        for (var entry : deadlines.entrySet()) {
            Deadline deadline = entry.getValue();
            if (!deadline.ending && now - deadline.nanos >= 0
                    && deadlines.replace(entry.getKey(), deadline, new Deadline(deadline.nanos, deadline.ttl, true))) {
                expired.add(entry.getKey());
                if (expired.size() == limit) {
                    break;
                }
            }
        }
        return expired;
    }

    /** Takes back that leases are ending, because their end could not be proposed; they are judged again at once. */
    void putBack(Collection<LeaseId> ids) {
        ids.forEach(id -> deadlines.computeIfPresent(id,
                (key, deadline) -> new Deadline(deadline.nanos, deadline.ttl, false)));
    }

    /** Returns the number of leases. */
    int size() {
        return deadlines.size();
    }

    private record Deadline(long nanos, Duration ttl, boolean ending) {}
}
