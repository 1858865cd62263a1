package dev.roster.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of items of one namespace that are made together, at one revision, or not at all.
 *
 * @param changes 1 to 200, each of another item, with content of 1.5 MiB together
 */
public record ConfigChangesRequest(@Nullable List<ConfigChangeRequest> changes) {}
