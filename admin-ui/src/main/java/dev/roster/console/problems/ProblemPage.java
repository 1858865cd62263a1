package dev.roster.console.problems;

import org.jspecify.annotations.Nullable;

/**
 * What a problem page says.
 *
 * @param kind chooses the messages {@code problem.<kind>.title} and {@code problem.<kind>.text}
 * @param status HTTP status of the page
 * @param detail the server's own words, null if it said nothing of use
 * @param requestId under which the server logged the request, null if there was none
 */
record ProblemPage(String kind, int status, @Nullable String detail, @Nullable String requestId) {
    static ProblemPage of(String kind, int status) {
        return new ProblemPage(kind, status, null, null);
    }
}
