package dev.roster.api;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of a request that was not carried out (RFC 9457, {@code application/problem+json}).
 *
 * @param type stable URI of the kind of problem, {@code https://roster.dev/problems/<code>}
 * @param title the kind of problem in a few words, the same for every occurrence
 * @param status HTTP status code, 400 to 599
 * @param detail what happened this time, for a person
 * @param instance path of the request
 * @param code stable name of the kind of problem, kebab-case, for programs
 * @param requestId the id under which the server logged the request
 * @param outcome {@code not-done} when the request changed nothing for certain, {@code unknown} when it may have
 * @param violations what was wrong with which field; empty unless the input was invalid
 * @param currentVersion the version that is current, when the caller named a stale one
 * @param currentRevision the store revision, when it helps to go on
 * @param oldestRevision the oldest revision that can still be read or watched from, when an older one was asked for
 */
public record Problem(URI type, String title, int status, String detail, String instance, String code,
        @Nullable String requestId, @Nullable String outcome, List<Violation> violations,
        @Nullable Long currentVersion, @Nullable Long currentRevision, @Nullable Long oldestRevision) {

    public Problem {
        violations = violations == null ? List.of() : List.copyOf(violations);
    }

    /**
     * One invalid field of a request.
     *
     * @param field name of the field, path variable, parameter or header, such as {@code metadata.zone}
     * @param value what was given, cut to 100 characters; null when it was absent or is secret
     * @param expected what would be accepted, with range and unit
     * @param line 1-based line within a document, when the value is one
     * @param column 1-based column within that line
     */
    public record Violation(String field, @Nullable String value, String expected, @Nullable Integer line,
            @Nullable Integer column) {}
}
