package dev.roster.api.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param number 1 for the first, one more for each later one
 * @param revision store revision of the change, or at which the entry was stored
 * @param at when, by the clock of the member that was asked
 * @param member the member that was asked
 * @param caller name of the user; what was claimed, if that was refused
 * @param known whether the caller was who they said
 * @param role role of the caller, null if they are not known
 * @param token id of the token that was used, null if none was
 * @param address address that the request came from
 * @param requestId id of the request, null outside of one
 * @param action object and verb, such as {@code config.publish}
 * @param target what it was done to, by name
 * @param outcome {@code done}, or the code of the problem
 * @param changes what became of what
 * @param previousHash hash of the entry before
 * @param hash hash of this entry
 */
public record AuditRecord(long number, long revision, Instant at, String member, String caller, boolean known,
        @Nullable String role, @Nullable String token, String address, @Nullable String requestId, String action,
        Map<String, String> target, String outcome, List<AuditRecordChange> changes, String previousHash, String hash) {
    public AuditRecord {
        target = Map.copyOf(target);
        changes = List.copyOf(changes);
    }
}
