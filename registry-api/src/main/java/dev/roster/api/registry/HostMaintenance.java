package dev.roster.api.registry;

import java.time.Instant;

/**
 * A host that is being worked on: no instance on it is to be called.
 *
 * @param host the host, as the instances on it name it
 * @param reason why, possibly empty
 * @param by name of the operator
 * @param at since when, by the clock of the member that took the request
 */
public record HostMaintenance(String host, String reason, String by, Instant at) {}
