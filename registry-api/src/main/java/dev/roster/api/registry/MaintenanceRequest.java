package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * Begins the maintenance of a host.
 *
 * @param reason why, to 200 characters; null means that none is given
 */
public record MaintenanceRequest(@Nullable String reason) {}
