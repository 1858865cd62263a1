package dev.roster.server.web;

import dev.roster.api.Problem.Violation;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body: where it stops being JSON, or which field does not fit. */
final class JsonProblems {
    private static final Pattern IN_PARENTHESES = Pattern.compile("\\((-?[0-9.]+)");

    private JsonProblems() {}

    /** Returns the problem of a body that could not be read; without a cause there was no body. */
    static ProblemReport of(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e -> ProblemReport
                    .of(ProblemKind.INVALID_ARGUMENT, path(e) + ": there is no such field")
                    .withViolation(path(e), null, "one of the fields " + names(e.getKnownPropertyIds()));
            case InvalidFormatException e ->
                ProblemReport.invalidArgument(path(e), e.getValue(), expectation(e.getTargetType()));
            case MismatchedInputException e when says(e, "Trailing token") -> malformed(e, "more after the object");
            case MismatchedInputException e when says(e, "No content") ->
                ProblemReport.invalidArgument("body", null, "a JSON object");
            case MismatchedInputException e ->
                ProblemReport.invalidArgument(path(e), null, expectation(e.getTargetType()));
            case InputCoercionException e ->
                ProblemReport.invalidArgument(path(e), number(e), expectation(e.getTargetType()));
            case StreamReadException e -> malformed(e, firstLine(e.getOriginalMessage()));
            case null, default -> ProblemReport.invalidArgument("body", null, "a JSON object");
        };
    }

    private static ProblemReport malformed(JacksonException e, String problem) {
        TokenStreamLocation location = e.getLocation();
        int line = location == null ? 1 : location.getLineNr();
        int column = location == null ? 1 : location.getColumnNr();
        return ProblemReport.of(ProblemKind.MALFORMED_JSON, "Line " + line + ", column " + column + ": " + problem)
                .withViolation(new Violation("body", null, "a JSON object (RFC 8259) without duplicate names", line,
                        column));
    }

    /** Jackson tells some messages with names of its own constants in a second sentence. */
    private static String firstLine(@Nullable String message) {
        String text = message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
        int features = text.indexOf("StreamReadFeature");
        return features < 0 ? text : "not JSON";
    }

    /** A number that does not fit is told in parentheses, and nowhere else. */
    private static @Nullable String number(InputCoercionException e) {
        Matcher told = IN_PARENTHESES.matcher(String.valueOf(e.getOriginalMessage()));
        return told.find() ? told.group(1) : null;
    }

    /** Some mismatches are told apart by their message alone. */
    private static boolean says(MismatchedInputException e, String beginning) {
        return e.getPath().isEmpty() && String.valueOf(e.getOriginalMessage()).startsWith(beginning);
    }

    private static String expectation(@Nullable Class<?> type) {
        return type == null ? "another type" : WebProblems.expectation(type);
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String names(@Nullable Collection<Object> known) {
        return (known == null ? List.<Object>of() : known).stream().map(Object::toString).sorted()
                .collect(Collectors.joining(", "));
    }
}
