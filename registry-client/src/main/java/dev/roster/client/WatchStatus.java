package dev.roster.client;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the stream of a client is doing.
 *
 * @param connected whether a member is telling changes now
 * @param address the member that does, null if not connected
 * @param revision the store revision up to which everything followed is known, 0 if nothing is
 * @param since when {@code connected} became what it is
 * @param failure why it is not connected, null if it is, or if nothing is followed yet
 */
public record WatchStatus(boolean connected, @Nullable URI address, long revision, Instant since,
        @Nullable RosterException failure) {}
