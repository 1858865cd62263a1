package dev.roster.api.registry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance and what came of it last.
 *
 * @param id unique within the instance
 * @param ttl for how long a report of the instance holds
 * @param deregisterAfter how long it may be critical before the instance is removed, null for ever
 * @param status what came of it
 * @param output what was said when it got this status, possibly empty
 * @param since since when, by the clock of the member that noted it
 */
public record Check(String id, Duration ttl, @Nullable Duration deregisterAfter, CheckStatus status, String output,
        Instant since) {}
