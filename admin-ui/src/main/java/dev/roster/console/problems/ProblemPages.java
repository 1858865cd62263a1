package dev.roster.console.problems;

import dev.roster.api.Problem;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.ServerAwayException;
import dev.roster.console.layout.Shells;
import dev.roster.console.session.Destination;
import dev.roster.console.session.RoleTooSmallException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Turns what controllers of the console throw into pages. Before the server's own handling, which answers with JSON. */
@ControllerAdvice("dev.roster.console")
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemPages {
    private static final Logger log = LoggerFactory.getLogger(ProblemPages.class);

    private final Shells shells;

    ProblemPages(Shells shells) {
        this.shells = shells;
    }

    @ExceptionHandler
    ModelAndView refused(RefusedException e, HttpServletRequest request, HttpServletResponse response) {
        Problem problem = e.problem();
        if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            return sessionEnded(request);
        }
        e.retryAfter().ifPresent(
                delay -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, delay.toSeconds()))));
        String kind = switch (problem.status()) {
            case 400 -> "invalid";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 409, 410, 412, 428 -> "changed";
            case 413 -> "too-large";
            case 429 -> "busy";
            case 503 -> "unknown".equals(problem.outcome()) ? "outcome-unknown" : "busy";
            default -> "failed";
        };
        return page(new ProblemPage(kind, problem.status(), problem.detail(), problem.requestId()), request);
    }

    @ExceptionHandler
    ModelAndView away(ServerAwayException e, HttpServletRequest request) {
        log.warn("The server did not answer: {}", e.getMessage());
        return page(ProblemPage.of(e.outcomeUnknown() ? "outcome-unknown" : "away", 503), request);
    }

    @ExceptionHandler
    ModelAndView roleTooSmall(RoleTooSmallException e, HttpServletRequest request) {
        return page(ProblemPage.of("forbidden", 403), request);
    }

    @ExceptionHandler
    ModelAndView noSuchPage(NoSuchPageException e, HttpServletRequest request) {
        return page(ProblemPage.of("no-page", 404), request);
    }

    /** A parameter or a path that no link and no form of ours has. */
    @ExceptionHandler
    ModelAndView mistyped(TypeMismatchException e, HttpServletRequest request) {
        return page(ProblemPage.of("invalid", 400), request);
    }

    /** The edge of a request: whatever else happens is a defect of the console, or a request that no page of ours sends. */
    @ExceptionHandler
    ModelAndView anything(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse answer && answer.getStatusCode().is4xxClientError()) {
            return page(ProblemPage.of("invalid", answer.getStatusCode().value()), request);
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return page(ProblemPage.of("failed", 500), request);
    }

    /** The token was revoked or has expired, so the session is of no use any more. */
    private static ModelAndView sessionEnded(HttpServletRequest request) {
        String to = Destination.of(request);
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
        ModelAndView signIn = new ModelAndView("redirect:/console/sign-in");
        signIn.addObject("ended", "");
        if (!Destination.START.equals(to)) {
            signIn.addObject("to", to);
        }
        return signIn;
    }

    ModelAndView page(ProblemPage problem, HttpServletRequest request) {
        ModelAndView page = new ModelAndView("console/problems/problem");
        page.setStatus(HttpStatus.valueOf(problem.status()));
        page.addObject("problem", problem);
        page.addObject("shell", shells.shellWithoutServer(request));
        return page;
    }
}
