package dev.roster.console.configs;

import dev.roster.api.Problem;
import dev.roster.api.Problem.Violation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why the text was not published.
 *
 * @param field field of the editor that it is about, null when it is about none
 * @param key of the message, null when the server said it in its own words
 * @param text the server's own words
 * @param line 1-based line of the content, null if there is no such place
 * @param column 1-based column of that line, null if there is no such place
 */
record EditFlaw(@Nullable String field, @Nullable String key, String text, @Nullable Integer line,
        @Nullable Integer column) {
    private static final Set<String> FIELDS = Set.of("name", "format", "content", "comment");

    static EditFlaw of(@Nullable String field, String key) {
        return new EditFlaw(field, key, "", null, null);
    }

    static EditFlaw of(Problem problem) {
        if (problem.violations().isEmpty()) {
            String field = problem.code().equals("invalid-document") ? "content" : null;
            return new EditFlaw(field, null, problem.detail(), null, null);
        }
        Violation violation = problem.violations().getFirst();
        // The name of the item is a path variable of the API.
        String field = violation.field().equals("item") ? "name" : violation.field();
        return new EditFlaw(FIELDS.contains(field) ? field : null, null, withoutPlace(problem.detail(), violation),
                violation.line(), violation.column());
    }

    /** The page names the place itself, in the language of its reader. */
    private static String withoutPlace(String detail, Violation violation) {
        String place = "Line %d, column %d: ".formatted(violation.line(), violation.column());
        return detail.startsWith(place) ? detail.substring(place.length()) : detail;
    }

    public boolean isFor(String other) {
        return other.equals(field);
    }
}
