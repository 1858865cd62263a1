package dev.roster.server.web;

import dev.roster.api.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem document, whatever media type it accepts. May be used by any thread. */
@Component
public final class ProblemWriter {

    /** Media type of problem documents (RFC 9457). */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final String CODE_ATTRIBUTE = ProblemWriter.class.getName() + ".code";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Returns the code of the problem by which a request was answered, null if there was none. */
    static @Nullable String codeOf(HttpServletRequest request) {
        return (String) request.getAttribute(CODE_ATTRIBUTE);
    }

    /** Answers a request, unless the answer has begun already. */
    void write(HttpServletRequest request, HttpServletResponse response, ProblemReport report) throws IOException {
        write(request, response, report, null);
    }

    /**
     * Answers a request, unless the answer has begun already or the caller has hung up, and logs the cause if the kind of
     * problem asks for it.
     */
    void write(HttpServletRequest request, HttpServletResponse response, ProblemReport report,
            @Nullable Throwable cause) throws IOException {
        ProblemKind kind = report.kind();
        if (cause != null && DisconnectedClientHelper.isClientDisconnectedException(cause)) {
            log.debug("{} {}: the caller has hung up", request.getMethod(), path(request), cause);
            return;
        }
        request.setAttribute(CODE_ATTRIBUTE, kind.code());
        log.atLevel(kind.level()).setCause(kind.level() == Level.ERROR ? cause : null)
                .log("{} {} answered {} {}", request.getMethod(), path(request), kind.status(), kind.code());
        if (response.isCommitted()) {
            return;
        }
        byte[] body = encode(report, path(request), RequestIdFilter.of(request));
        response.resetBuffer();
        response.setStatus(kind.status());
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        report.headers().forEach(response::setHeader);
        Duration retryAfter = report.retryAfter();
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(seconds(retryAfter)));
        }
        if (kind == ProblemKind.UNAUTHENTICATED) {
            response.addHeader("WWW-Authenticate", "Bearer realm=\"roster\"");
            response.addHeader("WWW-Authenticate", "Basic realm=\"roster\", charset=\"UTF-8\"");
        }
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /**
     * Returns the document in UTF-8.
     *
     * @param path path of the request, still percent-encoded
     */
    public byte[] encode(ProblemReport report, String path, @Nullable String requestId) {
        ProblemKind kind = report.kind();
        return json.writeValueAsBytes(new Problem(kind.type(), kind.title(), kind.status(), report.detail(), path,
                kind.code(), requestId, outcome(kind), report.violations(), report.currentVersion(),
                report.currentRevision(), report.oldestRevision()));
    }

    /** Says of the failures that a caller may want to repeat whether the change may have been made. */
    private static @Nullable String outcome(ProblemKind kind) {
        return switch (kind) {
            case OVERLOADED, DISK_FULL, STATE_FULL, NO_LEADER, REVISION_AHEAD, TOO_MANY_REQUESTS -> "not-done";
            case OUTCOME_UNKNOWN, INTERNAL_ERROR -> "unknown";
            default -> null;
        };
    }

    /** Within an error page of the container the path is that of the page. */
    private static String path(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return original == null ? request.getRequestURI() : original.toString();
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
