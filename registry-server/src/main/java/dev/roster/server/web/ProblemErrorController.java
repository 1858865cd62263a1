package dev.roster.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what the container gives up on: an error that a filter has sent, or an exception outside of any handler. Paths
 * for programs get a problem document; so does everybody else who does not want HTML.
 */
@Controller
final class ProblemErrorController implements ErrorController {
    private final ProblemResolver resolver;
    private final ProblemWriter writer;
    private final List<ErrorViewResolver> views;

    ProblemErrorController(ProblemResolver resolver, ProblemWriter writer, List<ErrorViewResolver> views) {
        this.resolver = resolver;
        this.writer = writer;
        this.views = List.copyOf(views);
    }

    @RequestMapping("${spring.web.error.path:/error}")
    @Nullable
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatusCode status = HttpStatusCode.valueOf(response.getStatus());
        String path = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ModelAndView page = path == null || ApiPaths.isForPrograms(path) ? null : page(request, status);
        if (page != null) {
            page.setStatus(status);
            return page;
        }
        Throwable cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        ProblemReport report = cause == null ? WebProblems.ofStatus(status) : resolver.report(cause);
        writer.write(request, response, report, cause);
        return null;
    }

    private @Nullable ModelAndView page(HttpServletRequest request, HttpStatusCode status) {
        String accept = request.getHeader("Accept");
        HttpStatus known = HttpStatus.resolve(status.value());
        if (accept == null || known == null || !accept.contains(MediaType.TEXT_HTML_VALUE)) {
            return null;
        }
        return views.stream()
                .map(resolver -> resolver.resolveErrorView(request, known, Map.of("status", status.value())))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }
}
