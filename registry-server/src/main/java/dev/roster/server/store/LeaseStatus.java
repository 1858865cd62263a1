package dev.roster.server.store;

import java.time.Duration;
import java.util.List;

/**
 * A lease and how long it has to live.
 *
 * @param lease the lease
 * @param remaining until it ends if nobody keeps it alive, 0 or more; by the leader's clock, as of about now
 * @param keys the keys that are attached to it, in key order; as of about now, not of one revision
 */
public record LeaseStatus(Lease lease, Duration remaining, List<Key> keys) {
    public LeaseStatus {
        keys = List.copyOf(keys);
    }
}
