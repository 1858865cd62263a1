package dev.roster.api.config;

/**
 * What came of a rotation of the master key.
 *
 * @param masterKey id of the master key that wraps data keys now
 * @param rewrapped data keys that were wrapped anew
 * @param remaining data keys that another master key still wraps: ask again
 */
public record MasterKeyRotation(String masterKey, int rewrapped, int remaining) {}
