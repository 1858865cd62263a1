package dev.roster.server.api.registry;

import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.KnownRequests;
import dev.roster.server.web.KnownRequests.Known;
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

/**
 * Answers requests about a service that were asked before, word for word, from the bytes that were prepared then, as long as
 * they are true. What a request of such words means was found out by the handler; whatever else a request asks for is left to
 * it.
 */
@Component
final class LookupShortcut implements Shortcut {

    private static final Header VARY = new Header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    private static final Header JSON = new Header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    private static final Header GZIP = new Header(HttpHeaders.CONTENT_ENCODING, "gzip");

    private static final byte[] NOTHING = new byte[0];

    private final PreparedAnswers answers;
    private final ExpiryNotice expiry;
    /** What requests ask, when the end of leases is not held back. */
    private final KnownRequests<Question> known = new KnownRequests<>();

    LookupShortcut(PreparedAnswers answers, ExpiryNotice expiry) {
        this.answers = answers;
        this.expiry = expiry;
    }

    /** Remembers what a request means that was answered with a prepared answer. */
    void remember(HttpServletRequest request, Question question) {
        known.remember(request, question.held(false));
    }

    @Override
    public @Nullable Match match(QuickRequest request) {
        Known<Question> meant = known.find(request);
        return meant == null ? null : caller -> find(caller, meant, request);
    }

    private @Nullable QuickAnswer find(Caller caller, Known<Question> meant, QuickRequest request) {
        if (!caller.role().includes(Role.READER)) {
            return null;
        }
        PreparedAnswer answer = answers.find(caller, meant.meaning().held(expiry.isHeldBack()));
        String seen = request.header(HttpHeaders.IF_NONE_MATCH);
        boolean isKnown = answer != null && AnswerForm.isKnown(answer, seen);
        // There are more ways to name a tag than one.
        return answer == null || (seen != null && !isKnown)
                ? null
                : answer(meant.pattern(), answer, isKnown, request.header(HttpHeaders.ACCEPT_ENCODING));
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
