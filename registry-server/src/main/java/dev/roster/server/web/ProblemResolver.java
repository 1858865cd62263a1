package dev.roster.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every exception of a request to the API with a problem document: those of features by the {@link ProblemTable},
 * those of Spring, and, at last, anything else as an internal error that tells nothing of the inside. Pages for people
 * are left to others.
 */
@Component
final class ProblemResolver implements HandlerExceptionResolver, Ordered {
    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private final ProblemTable table;
    private final ProblemWriter writer;

    ProblemResolver(ProblemTable table, ProblemWriter writer) {
        this.table = table;
        this.writer = writer;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception exception) {
        if (!ApiPaths.isForPrograms(request.getRequestURI()) || isForSecurityFilters(exception)) {
            return null;
        }
        if (!(exception instanceof AsyncRequestNotUsableException)) {
            answer(request, response, exception);
        }
        return new ModelAndView();
    }

    /** Finds what to answer an exception with. */
    ProblemReport report(Throwable exception) {
        return table.find(exception).or(() -> WebProblems.find(ProblemTable.unwrap(exception)))
                .orElseGet(WebProblems::internalError);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Exception exception) {
        try {
            writer.write(request, response, report(exception), exception);
        } catch (IOException e) {
            log.debug("The caller of {} {} has gone", request.getMethod(), request.getRequestURI(), e);
        }
    }

    private static boolean isForSecurityFilters(Exception exception) {
        return exception instanceof AccessDeniedException || exception instanceof AuthenticationException;
    }
}
