package dev.roster.server.boot;

import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.ProblemWriter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty itself refuses before a request reaches Spring (a request line that is not HTTP, headers that are too
 * large, an ambiguous path) with a problem document like any other, and without a word of Jetty.
 */
final class JettyProblems extends ErrorHandler {
    private final ProblemWriter problems;

    JettyProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refused
                ? refused.getCode()
                : response.getStatus();
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return true;
        }
        String given = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
        String path = given == null ? "/" : given;
        ProblemReport report = status == HttpStatus.BAD_REQUEST_400 && path.contains("//")
                ? ProblemReport.ofRefusedPath(path)
                : ProblemReport.ofStatus(status);
        byte[] body = problems.encode(report, path, null);
        response.setStatus(report.kind().status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
