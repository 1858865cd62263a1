package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer says of a change set.
 *
 * @param reviewer name of the user
 * @param approved whether they agree
 * @param comment why, null if not said
 * @param at when
 */
public record ChangeSetVerdict(String reviewer, boolean approved, @Nullable String comment, Instant at) {}
