package dev.roster.api.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When instances of a service are taken to flap, and for how long they then stay out. Answers say all of it.
 *
 * @param changes how many changes within the window, 2 to 20; 0 means that none ever does; null means 6
 * @param window how far back changes count, 10 s to 1 day; null means 5 minutes
 * @param quiet for how long nothing must have changed before an instance comes back, 1 s to 1 day; null means 1 minute
 */
public record FlapRules(@Nullable Integer changes, @Nullable Duration window, @Nullable Duration quiet) {}
