package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * What an instance says of its status, in place of what it said when it registered.
 *
 * @param status the status; needed
 */
public record StatusRequest(@Nullable InstanceStatus status) {}
