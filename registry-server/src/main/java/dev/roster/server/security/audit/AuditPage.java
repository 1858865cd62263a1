package dev.roster.server.security.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the audit log at one revision.
 *
 * @param revision the store revision that this shows
 * @param entries newest first
 * @param next number of the entry before which to go on; null if everything was looked at; there may be more even if nothing
 *     was found yet
 */
public record AuditPage(long revision, List<AuditLink> entries, @Nullable Long next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
