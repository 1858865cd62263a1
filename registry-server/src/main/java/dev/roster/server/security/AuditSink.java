package dev.roster.server.security;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes entries of the audit log that were not stored with a change; they may be stored a moment later. Must not block. */
@FunctionalInterface
public interface AuditSink {

    /**
     * Takes an entry.
     *
     * @param caller who did it; null if they are not known
     * @param claimed who they said they are; null if they are known
     * @param address where they were
     * @param requestId id of the request, null outside of one
     */
    void add(@Nullable Caller caller, @Nullable String claimed, String address, String action,
            Map<String, String> target, String outcome, List<AuditChange> changes, @Nullable String requestId);
}
