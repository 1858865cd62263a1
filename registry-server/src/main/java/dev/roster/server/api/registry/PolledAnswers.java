package dev.roster.server.api.registry;

import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers requests about a service with prepared bytes, at once or as soon as the caller has not seen them yet. */
@Component
final class PolledAnswers {
    private final PreparedAnswers answers;
    private final LongPoll poll;
    private final ExpiryNotice expiry;
    private final LookupShortcut shortcut;
    private final InstantSource clock;

    PolledAnswers(PreparedAnswers answers, LongPoll poll, ExpiryNotice expiry, LookupShortcut shortcut,
            InstantSource clock) {
        this.answers = answers;
        this.shortcut = shortcut;
        this.poll = poll;
        this.expiry = expiry;
        this.clock = clock;
    }

    /** Finds an answer. */
    @FunctionalInterface
    interface Reader {

        /** Reads what is there, when the end of leases is held back or not. */
        Fresh read(boolean held);
    }

    /**
     * Answers a request.
     *
     * @param how what the answer depends on besides the service
     * @param patience for how long to wait when the caller has the answer already, by its If-None-Match
     */
    ResponseEntity<byte[]> answer(Caller caller, ServiceKey service, Object how, Duration patience,
            HttpServletRequest request, Reader reader) {
        Instant deadline = clock.instant().plus(patience);
        Question question = new Question(service, how, false);
        PreparedAnswer answer = prepared(caller, question, reader);
        shortcut.remember(request, question);
        Duration left = patience;
        while (left.isPositive() && AnswerForm.isKnown(answer, request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            Instant changesAt = answer.changesAt();
            Duration untilChange = changesAt == null ? left : Duration.between(clock.instant(), changesAt);
            poll.await(caller, service, answer.trueAt(), untilChange.compareTo(left) < 0 ? untilChange : left);
            answer = prepared(caller, question, reader);
            left = Thread.currentThread().isInterrupted() ? Duration.ZERO : Duration.between(clock.instant(), deadline);
        }
        return response(answer, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    private PreparedAnswer prepared(Caller caller, Question question, Reader reader) {
        boolean held = expiry.isHeldBack();
        return answers.get(caller, question.held(held), () -> reader.read(held));
    }

    private static ResponseEntity<byte[]> response(PreparedAnswer answer, @Nullable String accepted) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(answer.trueAt()))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(answer.tag());
        return AnswerForm.isCompressed(answer, accepted)
                ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(answer.gzip())
                : response.body(answer.json());
    }
}
