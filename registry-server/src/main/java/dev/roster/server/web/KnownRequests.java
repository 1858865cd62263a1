package dev.roster.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What requests mean that were answered before, by their words: a {@link Shortcut} need not read them again. May be used by any
 * thread.
 *
 * @param <M> what they mean
 */
public final class KnownRequests<M> {

    /** Most requests that are remembered: callers of a large cluster ask about a few thousand things, in a few ways. */
    private static final int MAX_KNOWN = 20_000;

    /** Longest words that are remembered. */
    private static final int MAX_CHARACTERS = 512;

    /** Parameters that say when to answer, and how fresh the answer must be. */
    private static final List<String> NOT_AT_ONCE = List.of("wait", "consistency");

    /** As {@code If-Match}, a condition that the handler weighs. */
    private static final String MIN_REVISION = "Roster-Min-Revision";

    private final Cache<String, Known<M>> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    /**
     * A request that was answered before.
     *
     * @param meaning what the handler found out about it
     * @param pattern of the path, as the handler has it
     */
    public record Known<M>(M meaning, String pattern) {}

    /** Remembers what a request means that its handler has let through, if such requests are answered at once. */
    public void remember(HttpServletRequest request, M meaning) {
        String words = QuickRequest.words(request.getHeader(HttpHeaders.HOST), request.getRequestURI(),
                request.getQueryString());
        if (words.length() <= MAX_CHARACTERS && request.getMethod().equals("GET")
                && NOT_AT_ONCE.stream().allMatch(name -> request.getParameter(name) == null)) {
            Known<M> meant = new Known<>(meaning,
                    String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
            if (!meant.equals(known.getIfPresent(words))) {
                known.put(words, meant);
            }
        }
    }

    /** Returns what a request means, null if that is not known or it asks for another answer than the usual one, in JSON. */
    public @Nullable Known<M> find(QuickRequest request) {
        Known<M> meant = known.getIfPresent(request.words());
        return meant != null && isUsual(request) ? meant : null;
    }

    private static boolean isUsual(QuickRequest request) {
        return takesJson(request.header(HttpHeaders.ACCEPT))
                && request.header(MIN_REVISION) == null && request.header(HttpHeaders.IF_MATCH) == null;
    }

    /** The usual ways of saying so; others are weighed by the handler. */
    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.APPLICATION_JSON_VALUE)
                || accept.startsWith(MediaType.APPLICATION_JSON_VALUE + ",");
    }
}
