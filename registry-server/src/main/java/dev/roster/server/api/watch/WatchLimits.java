package dev.roster.server.api.watch;

import java.time.Duration;

/**
 * Bounds of watches on one member.
 *
 * @param maxStreams most streams at once
 * @param maxCallerStreams most streams of one caller at once
 * @param maxPendingEvents most events that wait for one reader
 * @param maxPendingBytes most bytes that wait for one reader, unless a single event is larger
 * @param maxSnapshotBytes most bytes of documents and instances in one snapshot
 * @param progressInterval how often an idle stream says how far it is; the API promises 10 s at most
 * @param maxSpread longest time over which changes of configuration are told to thousands of readers, see {@link Spread}
 * @param maxLifetime after which a stream ends and its reader has to show its credentials again
 */
public record WatchLimits(int maxStreams, int maxCallerStreams, int maxPendingEvents, long maxPendingBytes,
        long maxSnapshotBytes,
        Duration progressInterval, Duration maxSpread, Duration maxLifetime) {}
