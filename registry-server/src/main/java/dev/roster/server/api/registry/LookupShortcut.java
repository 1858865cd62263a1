package dev.roster.server.api.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.QuickAnswer;
import dev.roster.server.web.QuickAnswer.Header;
import dev.roster.server.web.QuickRequest;
import dev.roster.server.web.RevisionHeader;
import dev.roster.server.web.Shortcut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
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

    /** As {@code If-Match}, a condition that the handler weighs. */
    private static final String MIN_REVISION = "Roster-Min-Revision";

    private static final Header VARY = new Header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    private static final Header JSON = new Header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    private static final Header GZIP = new Header(HttpHeaders.CONTENT_ENCODING, "gzip");

    private static final byte[] NOTHING = new byte[0];

    private final PreparedAnswers answers;
    private final ExpiryNotice expiry;
    private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    /**
     * What a request means.
     *
     * @param question what it asks, when the end of leases is not held back
     * @param pattern of the path, as the handler has it
     */
    private record Known(Question question, String pattern) {}

    LookupShortcut(PreparedAnswers answers, ExpiryNotice expiry) {
        this.answers = answers;
        this.expiry = expiry;
    }

    /** Remembers what a request means that was answered with a prepared answer. */
    void remember(HttpServletRequest request, Question question) {
        String words = QuickRequest.words(request.getHeader(HttpHeaders.HOST), request.getRequestURI(),
                request.getQueryString());
        if (words.length() <= MAX_CHARACTERS && request.getMethod().equals("GET")
                && NOT_AT_ONCE.stream().allMatch(name -> request.getParameter(name) == null)) {
            Known meant = new Known(question.held(false),
                    String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
            if (!meant.equals(known.getIfPresent(words))) {
                known.put(words, meant);
            }
        }
    }

    @Override
    public @Nullable Match match(QuickRequest request) {
        Known meant = known.getIfPresent(request.words());
        return meant == null || !isUsual(request) ? null : caller -> find(caller, meant, request);
    }

    private @Nullable QuickAnswer find(Caller caller, Known meant, QuickRequest request) {
        if (!caller.role().includes(Role.READER)) {
            return null;
        }
        PreparedAnswer answer = answers.find(caller, meant.question().held(expiry.isHeldBack()));
        String seen = request.header(HttpHeaders.IF_NONE_MATCH);
        boolean isKnown = answer != null && AnswerForm.isKnown(answer, seen);
        // There are more ways to name a tag than one.
        return answer == null || (seen != null && !isKnown)
                ? null
                : answer(meant.pattern(), answer, isKnown, request.header(HttpHeaders.ACCEPT_ENCODING));
    }

    /** Tells whether nothing about a request makes its answer another one than the prepared one. */
    private static boolean isUsual(QuickRequest request) {
        return takesJson(request.header(HttpHeaders.ACCEPT))
                && request.header(MIN_REVISION) == null && request.header(HttpHeaders.IF_MATCH) == null;
    }

    /** The usual ways of saying so; others are weighed by the handler. */
    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.APPLICATION_JSON_VALUE)
                || accept.startsWith(MediaType.APPLICATION_JSON_VALUE + ",");
    }

    private static QuickAnswer answer(String pattern, PreparedAnswer answer, boolean isKnown,
            @Nullable String acceptEncoding) {
        Header revision = new Header(RevisionHeader.NAME, Long.toString(answer.trueAt()));
        Header tag = new Header(HttpHeaders.ETAG, answer.tag());
        if (isKnown) {
            return new QuickAnswer(pattern, HttpServletResponse.SC_NOT_MODIFIED, List.of(revision, VARY, tag, JSON),
                    NOTHING);
        }
        return AnswerForm.isCompressed(answer, acceptEncoding)
                ? new QuickAnswer(pattern, HttpServletResponse.SC_OK, List.of(revision, VARY, tag, JSON, GZIP),
                        answer.gzip())
                : new QuickAnswer(pattern, HttpServletResponse.SC_OK, List.of(revision, VARY, tag, JSON),
                        answer.json());
    }
}
