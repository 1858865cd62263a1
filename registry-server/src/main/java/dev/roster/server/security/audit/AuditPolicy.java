package dev.roster.server.security.audit;

import java.time.Duration;

/**
 * How long entries are kept.
 *
 * @param maxEntries most entries in the chain, 100 or more
 * @param maxAge how old they may be
 */
public record AuditPolicy(long maxEntries, Duration maxAge) {}
