package dev.roster.server.registry.check;

/**
 * What members may be made to do by checks.
 *
 * @param addresses which addresses they may call
 * @param unverifiedTls whether they may speak TLS without verifying who answers
 */
public record CallPolicy(AddressPolicy addresses, boolean unverifiedTls) {}
