package dev.roster.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed log-ins of one kind (for a user, or from an address) and says when there have been too many: after
 * {@code limit} failures within a minute nothing is looked at until that minute is over. The table is bounded; when it is
 * full the entry that was used longest ago makes room. May be used by any thread.
 */
final class FailedLogins {

    /** From the first failure until the count begins anew. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Most entries: some megabytes. */
    static final int MAX_ENTRIES = 10_000;

    private final int limit;
    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    FailedLogins(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Refuses when there have been too many failures. */
    synchronized void check(String who) {
        Instant now = clock.instant();
        Count count = live(who, now);
        if (count != null && count.failures() >= limit) {
            throw new TooManyAttemptsException(Duration.between(now, count.end()));
        }
    }

    /** Notes a failure. */
    synchronized void failed(String who) {
        Instant now = clock.instant();
        Count count = live(who, now);
        counts.put(who, count == null ? new Count(1, now.plus(WINDOW)) : new Count(count.failures() + 1, count.end()));
    }

    /** Forgets the failures. */
    synchronized void succeeded(String who) {
        counts.remove(who);
    }

    synchronized int size() {
        return counts.size();
    }

    private @Nullable Count live(String who, Instant now) {
        Count count = counts.get(who);
        return count != null && now.isBefore(count.end()) ? count : null;
    }

    private record Count(int failures, Instant end) {}
}
