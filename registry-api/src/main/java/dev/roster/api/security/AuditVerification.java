package dev.roster.api.security;

import org.jspecify.annotations.Nullable;

/**
 * What came of a verification of the audit log.
 *
 * @param intact whether every entry fits
 * @param first number of the first entry that is kept
 * @param last number of the last one
 * @param verified how many were found right, from the first on
 * @param head hash of the last entry; whoever notes it down can tell later whether that entry is still the same
 * @param pending entries that are stored and not in the chain yet
 * @param badEntry number of the first entry that does not fit, null if all do
 * @param problem what is wrong with it, null if nothing is
 */
public record AuditVerification(boolean intact, long first, long last, long verified, String head, long pending,
        @Nullable Long badEntry, @Nullable String problem) {}
