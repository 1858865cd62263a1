package dev.roster.server.web;

import dev.roster.api.Problem.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * One occurrence of a problem, before it is bound to a request. Made by {@link #of} and completed by the {@code with…}
 * methods, each of which returns a changed copy.
 *
 * @param kind what kind of problem
 * @param detail what happened this time, for a person; no names of classes, no secrets
 * @param violations what was wrong with which field
 * @param currentVersion the version that is current, null if that is not the question
 * @param currentRevision the store revision, null if that is not the question
 * @param oldestRevision the oldest revision that can be read, null if that is not the question
 * @param retryAfter when to try again, null if that is of no use
 * @param headers further headers of the answer
 */
public record ProblemReport(ProblemKind kind, String detail, List<Violation> violations, @Nullable Long currentVersion,
        @Nullable Long currentRevision, @Nullable Long oldestRevision, @Nullable Duration retryAfter,
        Map<String, String> headers) {

    private static final int MAX_VALUE_CHARACTERS = 100;

    public ProblemReport {
        violations = List.copyOf(violations);
        headers = Map.copyOf(headers);
    }

    /**
     * Reports a problem of a kind.
     *
     * @param detail null says no more than the title of the kind
     */
    public static ProblemReport of(ProblemKind kind, @Nullable String detail) {
        return new ProblemReport(kind, detail == null ? kind.title() : detail, List.of(), null, null, null, null,
                Map.of());
    }

    /**
     * Reports one invalid field.
     *
     * @param value what was given; null when it was absent or is secret
     */
    public static ProblemReport invalidArgument(String field, @Nullable Object value, String expected) {
        return of(ProblemKind.INVALID_ARGUMENT, field + ": expected " + expected).withViolation(field, value, expected);
    }

    /**
     * Reports what a web server has refused by itself, of which only the status is known. The status of the report may be
     * another one.
     *
     * @param status 400 to 599
     */
    public static ProblemReport ofStatus(int status) {
        return WebProblems.ofStatus(HttpStatusCode.valueOf(status));
    }

    /**
     * Reports a path that was refused before anybody looked what is there. A missing name is by far the usual reason.
     *
     * @param path still percent-encoded
     */
    public static ProblemReport ofRefusedPath(String path) {
        return path.contains("//")
                ? of(ProblemKind.MALFORMED_REQUEST, "The path has an empty segment, where a name belongs")
                        .withViolation("path", path, "names of at least 1 character between slashes")
                : of(ProblemKind.MALFORMED_REQUEST, "The path or a header has characters that are not accepted");
    }

    /** Adds an invalid field; a long value is cut. */
    public ProblemReport withViolation(String field, @Nullable Object value, String expected) {
        return withViolation(new Violation(field, value == null ? null : cut(value.toString()), expected, null, null));
    }

    /** Adds an invalid field. */
    public ProblemReport withViolation(Violation violation) {
        List<Violation> all = new ArrayList<>(violations);
        all.add(violation);
        return new ProblemReport(kind, detail, all, currentVersion, currentRevision, oldestRevision, retryAfter,
                headers);
    }

    /** Names the version that is current. */
    public ProblemReport withCurrentVersion(long version) {
        return new ProblemReport(kind, detail, violations, version, currentRevision, oldestRevision, retryAfter,
                headers);
    }

    /** Names the store revision. */
    public ProblemReport withCurrentRevision(long revision) {
        return new ProblemReport(kind, detail, violations, currentVersion, revision, oldestRevision, retryAfter,
                headers);
    }

    /** Names the oldest revision that can be read. */
    public ProblemReport withOldestRevision(long revision) {
        return new ProblemReport(kind, detail, violations, currentVersion, currentRevision, revision, retryAfter,
                headers);
    }

    /** Says when to try again; told in whole seconds, at least 1. */
    public ProblemReport withRetryAfter(Duration after) {
        return new ProblemReport(kind, detail, violations, currentVersion, currentRevision, oldestRevision, after,
                headers);
    }

    /** Adds a header of the answer. */
    public ProblemReport withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ProblemReport(kind, detail, violations, currentVersion, currentRevision, oldestRevision, retryAfter,
                all);
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE_CHARACTERS ? value : value.substring(0, MAX_VALUE_CHARACTERS - 1) + "…";
    }
}
