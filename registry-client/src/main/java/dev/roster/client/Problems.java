package dev.roster.client;

import dev.roster.api.Problem;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes problems from answers, whoever gave them, and for requests that cannot even be sent. */
final class Problems {
    private static final int MAX_DETAIL_CHARACTERS = 200;

    private Problems() {}

    /** Returns the problem that an answer of status 300 or above stands for. */
    static Problem of(int status, String path, String body) {
        try {
            Problem problem = Json.read(body, Problem.class);
            if (isComplete(problem)) {
                return problem;
            }
        } catch (JacksonException e) {
            // Whatever stands between us and the server may answer in HTML or not at all.
        }
        String text = body.strip();
        String detail = text.length() <= MAX_DETAIL_CHARACTERS ? text : text.substring(0, MAX_DETAIL_CHARACTERS) + "…";
        return problem(status, "unexpected-answer", "Not an answer of Roster",
                detail.isEmpty() ? "empty answer with status " + status : detail, path, List.of());
    }

    static Problem invalidArgument(String field, String value, String path) {
        String expected = "a name that a path can carry";
        return problem(400, "invalid-argument", "An argument is not valid", field + ": expected " + expected, path,
                List.of(new Problem.Violation(field, value, expected, null, null)));
    }

    // A foreign document may lack any field, whatever the types say.
    @SuppressWarnings({"ConstantValue", "NullAway"})
    private static boolean isComplete(@Nullable Problem problem) {
        return problem != null && problem.code() != null && problem.detail() != null && problem.status() != 0;
    }

    private static Problem problem(int status, String code, String title, String detail, String path,
            List<Problem.Violation> violations) {
        return new Problem(URI.create("https://roster.dev/problems/" + code), title, status, detail, path, code, null,
                null, violations, null, null, null);
    }
}
