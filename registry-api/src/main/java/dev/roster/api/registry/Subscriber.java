package dev.roster.api.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stream that follows a service.
 *
 * @param name what its reader calls itself, null of one that does not acknowledge
 * @param member the member that serves it
 * @param caller whose credentials it was begun with
 * @param address where it is read
 * @param since when it began, by the clock of its member
 * @param connected whether it is there; one that has just ended is remembered for some seconds
 * @param acknowledged the revision up to which its reader has taken everything in, 0 for none
 */
public record Subscriber(@Nullable String name, String member, String caller, String address, Instant since,
        boolean connected, long acknowledged) {}
