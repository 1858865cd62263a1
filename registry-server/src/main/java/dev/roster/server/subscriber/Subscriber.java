package dev.roster.server.subscriber;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A stream that follows a service, as it was when it was asked for.
 *
 * @param watch which stream
 * @param name the name that its reader gave itself; null of one that does not acknowledge
 * @param caller whose credentials it was begun with
 * @param address where it is read
 * @param since when it began, by the clock of its member
 * @param connected whether it is there; one that acknowledges and has just ended is still waited for, because its reader
 *     goes on calling whom it knows until it is back
 * @param acknowledged the revision up to which its reader has taken everything in, 0 for none
 */
public record Subscriber(WatchId watch, @Nullable SubscriberName name, String caller, String address, Instant since,
        boolean connected, long acknowledged) {

    /** Those that are furthest behind first, those that never acknowledge last. */
    static final Comparator<Subscriber> BY_LAG = Comparator.comparing((Subscriber one) -> one.name() == null)
            .thenComparingLong(Subscriber::acknowledged)
            .thenComparing(one -> one.watch().toString());
}
