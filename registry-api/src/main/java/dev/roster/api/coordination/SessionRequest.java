package dev.roster.api.coordination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a session.
 *
 * @param ttl how long it lives without being kept alive, 1 s to 1 h; null means 15 s
 * @param name what people are shown, such as the id of an instance: at most 128 characters; null means none
 */
public record SessionRequest(@Nullable Duration ttl, @Nullable String name) {}
