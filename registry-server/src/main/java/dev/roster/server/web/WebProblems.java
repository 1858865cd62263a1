package dev.roster.server.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Problems that Spring finds before a handler runs, or while it converts arguments and answers. */
final class WebProblems {

    /** An asynchronous answer that was not ready in time may be so a moment later. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private WebProblems() {}

    /** Returns the problem, empty if the exception is not one of Spring's. */
    static Optional<ProblemReport> find(Throwable exception) {
        return Optional.ofNullable(switch (exception) {
            case HttpMessageNotReadableException e -> unreadable(e);
            case HttpRequestMethodNotSupportedException e -> methodNotAllowed(e);
            case HttpMediaTypeNotSupportedException e -> unsupported(e);
            case HttpMediaTypeNotAcceptableException e -> ProblemReport.of(ProblemKind.NOT_ACCEPTABLE,
                    "The answer is available as " + list(e.getSupportedMediaTypes()));
            case NoResourceFoundException e -> notFound();
            case MissingServletRequestParameterException e ->
                ProblemReport.invalidArgument(e.getParameterName(), null, "a value, as a query parameter");
            case MissingRequestHeaderException e ->
                ProblemReport.invalidArgument(e.getHeaderName(), null, "a value, as a header");
            case MethodArgumentTypeMismatchException e -> mismatch(e.getName(), e);
            case TypeMismatchException e -> mismatch(e.getPropertyName(), e);
            case AsyncRequestTimeoutException e ->
                ProblemReport.of(ProblemKind.OUTCOME_UNKNOWN, "The answer was not ready in time").withRetryAfter(SOON);
            case BodyTooLargeException e -> bodyTooLarge(e.limitBytes());
            case ErrorResponse e -> ofStatus(e.getStatusCode());
            default -> null;
        });
    }

    static ProblemReport notFound() {
        return ProblemReport.of(ProblemKind.NOT_FOUND, "See /api/v1/openapi for the paths that there are");
    }

    static ProblemReport bodyTooLarge(long limitBytes) {
        return ProblemReport.of(ProblemKind.BODY_TOO_LARGE, "The body may have up to " + limitBytes + " bytes")
                .withViolation("body", null, "at most " + limitBytes + " bytes");
    }

    static ProblemReport internalError() {
        return ProblemReport.of(ProblemKind.INTERNAL_ERROR,
                "The request could not be carried out; the log of the server has more under the request id");
    }

    /** Returns the problem of a status that the container or a filter has chosen without saying more. */
    static ProblemReport ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ProblemReport.of(ProblemKind.UNAUTHENTICATED, "Valid credentials are needed");
            case 403 -> ProblemReport.of(ProblemKind.FORBIDDEN, "The request is not allowed");
            case 404 -> notFound();
            case 405 -> ProblemReport.of(ProblemKind.METHOD_NOT_ALLOWED, "The path does not have this method");
            case 406 -> ProblemReport.of(ProblemKind.NOT_ACCEPTABLE, "The answer is available as application/json");
            case 413 -> bodyTooLarge(BodyLimitFilter.MAX_BODY_BYTES);
            case 414 -> ProblemReport.of(ProblemKind.URI_TOO_LONG, "The URI is longer than the server accepts");
            case 415 -> ProblemReport.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Send application/json");
            case 429 -> ProblemReport.of(ProblemKind.TOO_MANY_REQUESTS, "Try again later").withRetryAfter(SOON);
            case 431 ->
                ProblemReport.of(ProblemKind.HEADERS_TOO_LARGE, "The headers are larger than the server accepts");
            case 503 -> ProblemReport.of(ProblemKind.OVERLOADED, "Try again later").withRetryAfter(SOON);
            case 505 -> ProblemReport.of(ProblemKind.MALFORMED_REQUEST, "The server speaks HTTP/1.1");
            default -> status.is4xxClientError()
                    ? ProblemReport.of(clientError(status.value()), null)
                    : internalError();
        };
    }

    private static ProblemKind clientError(int status) {
        return Arrays.stream(ProblemKind.values()).filter(kind -> kind.status() == status).findFirst()
                .orElse(ProblemKind.MALFORMED_REQUEST);
    }

    private static ProblemReport unreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException tooLarge) {
                return bodyTooLarge(tooLarge.limitBytes());
            }
        }
        return JsonProblems.of(e.getCause());
    }

    private static ProblemReport methodNotAllowed(HttpRequestMethodNotSupportedException e) {
        Collection<String> allowed = e.getSupportedMethods() == null ? List.of() : List.of(e.getSupportedMethods());
        String methods = allowed.stream().sorted().collect(Collectors.joining(", "));
        return ProblemReport.of(ProblemKind.METHOD_NOT_ALLOWED, "The path has " + methods).withHeader("Allow", methods);
    }

    private static ProblemReport unsupported(HttpMediaTypeNotSupportedException e) {
        String given = e.getContentType() == null ? null : e.getContentType().toString();
        String accepted = list(e.getSupportedMediaTypes());
        return ProblemReport.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Send " + accepted).withViolation("Content-Type",
                given, accepted);
    }

    private static ProblemReport mismatch(@Nullable String field, TypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return ProblemReport.invalidArgument(field == null ? "argument" : field, e.getValue(),
                type == null ? "another type" : expectation(type));
    }

    /** Says in words what a value of a type looks like. */
    static String expectation(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants()).stream()
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> "an integer from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
            case "long", "Long" -> "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "an ISO 8601 duration such as PT30S";
            case "Instant" -> "an RFC 3339 time such as 2026-01-31T12:00:00Z";
            case "String" -> "a string";
            case "double", "Double" -> "a number";
            case "List", "ArrayList", "Set", "Collection" -> "an array";
            default -> "an object";
        };
    }

    private static String list(Collection<MediaType> types) {
        return types.stream().map(MediaType::toString).filter(type -> !type.contains("*")).distinct()
                .collect(Collectors.joining(", "));
    }
}
