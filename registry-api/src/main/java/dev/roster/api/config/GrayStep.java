package dev.roster.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a gray release: whom it adds to those before, and for how long it is looked at. A client is added that is named in
 * {@code instances}, or that fits everything else that the step says.
 *
 * @param instances ids of instances, at most 100; null means none
 * @param addresses IP addresses and ranges of them, at most 50; null means any
 * @param labels labels that a client must have, each with this value, at most 20; null means any
 * @param percentage how many of a hundred of those that fit so far, 0 to 100, by a hash of the id of the instance; null means
 *     all, or none if the step says neither addresses nor labels
 * @param bake how long until the next step, 5 s to 30 days; 5 minutes if not said
 */
public record GrayStep(@Nullable List<String> instances, @Nullable List<String> addresses,
        @Nullable Map<String, String> labels, @Nullable Integer percentage, @Nullable Duration bake) {}
