package dev.roster.console.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Pages for errors that never reached a controller of the console, for browsers. Programs are answered elsewhere. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorPages implements ErrorViewResolver {
    private final ProblemPages pages;

    ErrorPages(ProblemPages pages) {
        this.pages = pages;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        String kind = switch (status) {
            case NOT_FOUND -> "no-page";
            case FORBIDDEN -> "stale-form";
            case CONTENT_TOO_LARGE -> "too-large";
            default -> status.is4xxClientError() ? "invalid" : "failed";
        };
        return pages.page(ProblemPage.of(kind, status.value()), request);
    }
}
