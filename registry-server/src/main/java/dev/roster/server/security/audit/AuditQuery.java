package dev.roster.server.security.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in the audit log; null stands for anything.
 *
 * @param caller name of the user
 * @param action what the action begins with, such as {@code config.}
 * @param outcome {@code done}, or the code of a problem
 * @param target what a value of the target, or the name of what was changed, has, upper and lower case being the same
 * @param from no earlier
 * @param to earlier than this
 */
public record AuditQuery(@Nullable String caller, @Nullable String action, @Nullable String outcome,
        @Nullable String target, @Nullable Instant from, @Nullable Instant to) {

    boolean matches(AuditEntry entry) {
        return (caller == null || caller.equals(entry.caller()))
                && (action == null || entry.action().startsWith(action))
                && (outcome == null || outcome.equals(entry.outcome())) && (target == null || hasTarget(entry, target))
                && (from == null || !entry.at().isBefore(from)) && (to == null || entry.at().isBefore(to));
    }

    private static boolean hasTarget(AuditEntry entry, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return entry.target().values().stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(lower))
                || entry.changes().stream().anyMatch(change -> change.what().toLowerCase(Locale.ROOT).contains(lower));
    }
}
