package dev.roster.server.api.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.server.api.registry.PreparedAnswers.Question;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.RevisionHeader;
import dev.roster.server.web.Shortcut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Answers requests about a service that were asked before, word for word, from the bytes that were prepared then, as long as
 * they are true. What a request of such words means was found out by the handler; whatever else a request asks for is left to
 * it.
 */
@Component
final class LookupShortcut implements Shortcut {

    /** Most requests that are remembered: callers of a large cluster ask about a few thousand services, in a few ways. */
    private static final int MAX_KNOWN = 20_000;

    /** Longest path with its query that is remembered. */
    private static final int MAX_CHARACTERS = 512;

    /** Parameters that say when to answer, and how fresh the answer must be. */
    private static final List<String> NOT_AT_ONCE = List.of("wait", "consistency");

    /** Headers that make conditions which the handler weighs. */
    private static final List<String> CONDITIONS = List.of("Roster-Min-Revision", HttpHeaders.IF_MATCH);

    private final PreparedAnswers answers;
    private final ExpiryNotice expiry;
    private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    private record Known(ServiceKey service, Object how, String pattern) {}

    LookupShortcut(PreparedAnswers answers, ExpiryNotice expiry) {
        this.answers = answers;
        this.expiry = expiry;
    }

    /** Remembers what a request means that was answered with a prepared answer. */
    void remember(HttpServletRequest request, ServiceKey service, Object how) {
        String words = words(request);
        if (words.length() <= MAX_CHARACTERS && request.getMethod().equals("GET")
                && NOT_AT_ONCE.stream().allMatch(name -> request.getParameter(name) == null)) {
            known.put(words, new Known(service, how,
                    String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))));
        }
    }

    @Override
    public boolean answer(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Known meant = request.getMethod().equals("GET") ? known.getIfPresent(words(request)) : null;
        if (meant == null || !caller.role().includes(Role.READER) || !isUsual(request)) {
            return false;
        }
        PreparedAnswer answer = answers.find(caller,
                new Question(meant.service(), meant.how(), expiry.isHeldBack()));
        String seen = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean isKnown = answer != null && AnswerForm.isKnown(answer, seen);
        // There are more ways to name a tag than one.
        if (answer == null || (seen != null && !isKnown)) {
            return false;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observed -> observed.setPathPattern(meant.pattern()));
        write(answer, isKnown, request, response);
        return true;
    }

    /** Tells whether nothing about a request makes its answer another one than the prepared one. */
    private static boolean isUsual(HttpServletRequest request) {
        return takesJson(request.getHeader(HttpHeaders.ACCEPT))
                && CONDITIONS.stream().allMatch(name -> request.getHeader(name) == null);
    }

    private static String words(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + '?' + query;
    }

    /** The usual ways of saying so; others are weighed by the handler. */
    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.APPLICATION_JSON_VALUE)
                || accept.startsWith(MediaType.APPLICATION_JSON_VALUE + ",");
    }

    private static void write(PreparedAnswer answer, boolean isKnown, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        RevisionHeader.set(response, answer.trueAt());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(HttpHeaders.ETAG, answer.tag());
        if (isKnown) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        byte[] body = answer.json();
        if (AnswerForm.isCompressed(answer, request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = answer.gzip();
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
