package dev.roster.server.security.audit;

import org.jspecify.annotations.Nullable;

/**
 * What came of a verification.
 *
 * @param revision the store revision that was verified
 * @param first number of the first entry that should be there
 * @param last number of the last one
 * @param verified how many were found right, from the first on
 * @param head hash of the last entry; whoever notes it down can tell later whether that entry is still the same
 * @param pending entries that are stored and not in the chain yet
 * @param flaw what is wrong, null if nothing is
 */
public record AuditVerdict(long revision, long first, long last, long verified, String head, long pending,
        @Nullable Flaw flaw) {

    /**
     * What does not fit.
     *
     * @param number number of the first entry that does not
     * @param problem what is wrong with it
     */
    public record Flaw(long number, String problem) {}
}
