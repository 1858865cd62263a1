package dev.roster.api.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance that is registered.
 *
 * @param id unique within the instance; needed
 * @param ttl for how long a report of the instance holds, 1 s to 1 day; needed
 * @param status what holds before the first result; null means critical
 * @param deregisterAfter how long it may be critical before the instance is removed, 1 minute to 365 days; null means for
 *     ever
 */
public record CheckRegistration(@Nullable String id, @Nullable Duration ttl, @Nullable CheckStatus status,
        @Nullable Duration deregisterAfter) {}
