package dev.roster.server.registry;

import org.jspecify.annotations.Nullable;

/**
 * A change of an instance.
 *
 * @param key which one
 * @param instance as it is after the change, null if it is gone
 */
public record InstanceEvent(InstanceKey key, @Nullable RegisteredInstance instance) {}
